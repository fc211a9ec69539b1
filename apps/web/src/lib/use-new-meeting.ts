import { isLoadFailure } from '@video-meet/client/browser'
import type { CreatedMeeting } from '@video-meet/protocol'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { keepHostToken } from './host-token.ts'
import { meetingPath } from './meeting-link.ts'
import type { Answer, RestFailure } from './rest.ts'
import { text } from './text.ts'

export interface NewMeeting {
  readonly start: () => void
  readonly starting: boolean
  /** Why it could not be started, in words. */
  readonly error: string | null
}

/** Creates a meeting and goes to it. */
export function useNewMeeting(): NewMeeting {
  const navigate = useNavigate()
  const [starting, setStarting] = useState(false)
  const [error, setError] = useState<string | null>(null)

  async function create(): Promise<void> {
    setStarting(true)
    setError(null)
    const answer = await requestMeeting()
    setStarting(false)
    if (!answer.ok) return setError(failureText(answer.failure))
    const { code, hostToken } = answer.value
    if (hostToken !== null) keepHostToken(code, hostToken)
    await navigate(meetingPath(code))
  }

  return { start: () => void create(), starting, error }
}

/** Loads the REST client only now: the start page is there sooner without it. */
async function requestMeeting(): Promise<Answer<CreatedMeeting>> {
  try {
    const { rest } = await import('./rest.ts')
    return await rest.createMeeting()
  } catch (error) {
    return { ok: false, failure: isLoadFailure(error) ? 'network' : 'internal' }
  }
}

function failureText(failure: RestFailure): string {
  switch (failure) {
    case 'network':
    case 'unavailable':
      return text.serverUnreachable
    case 'rate_limited':
      return text.tooManyRequests
    case 'unauthorized':
    case 'forbidden':
      return text.accountNeeded
    default:
      return text.somethingWrong
  }
}
