import type { Meeting, MeetingCode } from '@video-meet/protocol'
import { useEffect, useState } from 'react'
import { rest, type RestFailure } from '../lib/rest.ts'

/** What is known of the meeting behind a code. */
export type MeetingLookup =
  | { readonly status: 'looking' }
  | { readonly status: 'found'; readonly meeting: Meeting }
  | { readonly status: 'failed'; readonly failure: RestFailure }

/** Asks the server which meeting has this code. */
export function useMeetingLookup(code: MeetingCode): { lookup: MeetingLookup; lookAgain: () => void } {
  const [lookup, setLookup] = useState<MeetingLookup>({ status: 'looking' })
  const [attempt, setAttempt] = useState(0)

  useEffect(() => {
    const giveUp = new AbortController()
    void rest.getMeeting(code, giveUp.signal).then((answer) => {
      if (giveUp.signal.aborted) return
      setLookup(
        answer.ok
          ? { status: 'found', meeting: answer.value }
          : { status: 'failed', failure: answer.failure },
      )
    })
    return () => giveUp.abort()
  }, [code, attempt])

  const lookAgain = (): void => {
    setLookup({ status: 'looking' })
    setAttempt((before) => before + 1)
  }
  return { lookup, lookAgain }
}
