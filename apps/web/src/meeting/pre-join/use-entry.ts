import type { JoinError, JoinErrorReason, Room } from '@video-meet/client'
import type { MeetingCode } from '@video-meet/protocol'
import { useEffect, useState } from 'react'
import { forgetInvitationToken } from '../../lib/invitation-token.ts'
import { readPreference } from '../../lib/preferences.ts'
import { accountName, forgetPassword, takeOverSeat } from '../credentials.ts'
import type { Choice } from '../stay.ts'
import { joinFailureText, preJoinText } from '../text.ts'
import type { LocalPreview } from './local-preview.ts'
import { type LateDevices, useJoin } from './use-join.ts'

/** How often a person who came too early knocks, at most and at least. */
const RETRY_MS = 6000
const MAX_RETRY_MS = 60_000

/** What passes for somebody who waits anyway. */
const PASSING: ReadonlySet<JoinErrorReason> = new Set<JoinErrorReason>([
  'unreachable',
  'rate_limited',
  'media_unavailable',
  'internal',
])

/** That the meeting has not begun. */
export interface TooEarly {
  /** ISO 8601; null when it begins with its host. */
  readonly opensAt: string | null
  /** The server did not answer the last time. */
  readonly lost: boolean
}

/** That the person's invitation is being used in another browser. */
interface InvitationInUse {
  /** Whether the account of the person shows that it's theirs. */
  readonly isProven: boolean
}

export interface EntryOptions {
  readonly code: MeetingCode
  /** Whether the call is on already. */
  readonly isLive: boolean
  /** Whether the form asks for the password from the beginning. */
  readonly asksPassword: boolean
  readonly preview: LocalPreview
  /** With what the person comes again: then they need not press anything. */
  readonly again: Choice | undefined
  readonly onJoined: (room: Room, late: LateDevices) => void
  /** Joining failed in a way that a change in the form does not mend. */
  readonly onRefused: (error: JoinError, choice: Choice) => void
}

/** What goes wrong, at the field that it is about. */
export interface EntryErrors {
  readonly name?: string | undefined
  readonly password?: string | undefined
  readonly form?: string | undefined
}

/** The way in: what the person says of themselves, what is wrong with it, and for what they wait. */
export function useEntry({ code, isLive, asksPassword, preview, again, onJoined, onRefused }: EntryOptions) {
  const [name, setName] = useState(again?.name ?? readPreference('name') ?? '')
  const [password, setPassword] = useState('')
  const [needsPassword, setNeedsPassword] = useState(asksPassword)
  const [errors, setErrors] = useState<EntryErrors>({})
  const [early, setEarly] = useState<TooEarly | null>(null)
  const [inUse, setInUse] = useState<InvitationInUse | null>(null)
  const trimmed = name.trim()
  const { join, joining, waitingRoom } = useJoin({ code, isLive, preview, onJoined, onFailed: fail })
  useAccountName(setName)

  function fail(error: JoinError): void {
    const { reason } = error
    const words = joinFailureText[reason]
    setInUse(reason === 'invitation_in_use' ? { isProven: isProvenBy(error) } : null)
    if (reason === 'invitation_in_use') return
    if (early && PASSING.has(reason)) return setEarly({ ...early, lost: reason === 'unreachable' })
    setEarly(reason === 'not_open_yet' ? { opensAt: opensAtOf(error), lost: false } : null)
    if (reason === 'not_open_yet') return
    if (reason === 'password_required' || reason === 'wrong_password') {
      if (reason === 'wrong_password') forgetPassword(code)
      setNeedsPassword(true)
      setErrors({ password: words })
    } else if (words === undefined) onRefused(error, choiceOf(trimmed, preview))
    else setErrors(reason === 'bad_name' ? { name: words } : { form: words })
  }

  function submit(): void {
    setErrors(trimmed === '' ? { name: preJoinText.nameMissing } : {})
    if (trimmed !== '') void join(trimmed, password)
  }

  useEffect(() => {
    if (early === null || joining) return
    const timer = setTimeout(() => void join(trimmed, password), untilRetry(early))
    return () => clearTimeout(timer)
  })

  // Once: who is refused then has a form to press the button of.
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  useEffect(() => void (again && join(again.name)), [])

  return {
    name,
    password,
    needsPassword,
    errors,
    joining,
    waitingRoom,
    early,
    inUse,
    submit,
    /** Takes the seat of the other browser. */
    switchHere(proof?: string): void {
      takeOverSeat(code, proof)
      submit()
    },
    /** Comes like anyone else. */
    comeUninvited(): void {
      forgetInvitationToken(code)
      setInUse(null)
      submit()
    },
    backToForm: () => setInUse(null),
    change(field: 'name' | 'password', value: string): void {
      if (field === 'name') setName(value)
      else setPassword(value)
      setErrors({ ...errors, [field]: undefined })
    },
  }
}

export type Entry = ReturnType<typeof useEntry>

/** At the time of opening, and on the way there, as the host can open it at any time. */
function untilRetry({ opensAt, lost }: TooEarly): number {
  if (opensAt === null || lost) return RETRY_MS
  return Math.min(Math.max(Date.parse(opensAt) - Date.now(), RETRY_MS), MAX_RETRY_MS)
}

function opensAtOf({ details }: JoinError): string | null {
  const opensAt = (details as { opensAt?: unknown } | undefined)?.opensAt
  return typeof opensAt === 'string' ? opensAt : null
}

function isProvenBy({ details }: JoinError): boolean {
  return (details as { isProven?: unknown } | undefined)?.isProven === true
}

function choiceOf(name: string, preview: LocalPreview): Choice {
  const { microphone, camera } = preview.wanted()
  return { name, microphone: microphone && !preview.state.get().muted, camera }
}

/** Fills in the name of who is signed in, unless there is one already. */
function useAccountName(setName: (change: (before: string) => string) => void): void {
  useEffect(() => {
    void accountName().then((name) => {
      if (name !== null) setName((before) => (before === '' ? name : before))
    })
  }, [setName])
}
