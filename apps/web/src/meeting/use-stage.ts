import type { JoinError, Room, RoomEndReason, RoomState } from '@video-meet/client'
import type { MeetingCode } from '@video-meet/protocol'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useAppDispatch } from '../store/hooks.ts'
import { connectRoomToStore } from '../store/room-bridge.ts'
import { type Ending, isWorded, type Sent } from './ending.ts'
import { loadOuterPages } from './lazy-pages.tsx'
import type { LateDevices } from './pre-join/use-join.ts'
import type { Problem } from './problem-page.tsx'
import { type Choice, followChoice, forgetStay, interruptedStay, rememberStay, type Stay } from './stay.ts'

/** How long after coming in the pages for afterwards are loaded. */
const LOAD_AFTER_MS = 5000

/** Where a person is on their way through a meeting. `again`: with what they come when they ask to. */
export type Stage =
  | {
      readonly name: 'pre-join'
      readonly again?: Choice | undefined
      /** How they were sent out of the call to wait. */
      readonly sent?: Sent
    }
  | { readonly name: 'returning'; readonly stay: Stay }
  | { readonly name: 'room'; readonly room: Room; readonly late: LateDevices }
  | { readonly name: 'ended'; readonly ending: Ending; readonly again?: Choice }
  | {
      readonly name: 'problem'
      readonly problem: Problem
      /** What the server says besides. */
      readonly details?: unknown
      readonly again?: Choice
    }

/** Leads from one stage to the next; leaving the page leaves the room. */
export function useStage(code: MeetingCode) {
  const [stage, setStage] = useState<Stage>(() => firstStage(code))
  const dispatch = useAppDispatch()
  const room = stage.name === 'room' ? stage.room : null
  const current = useRef<Room | null>(null)

  useEffect(() => {
    if (room === null) return
    const disconnect = connectRoomToStore(room, dispatch)
    const stopRemembering = rememberStay(room)
    // Before the network is lost, and after the call has begun in peace.
    const loading = setTimeout(() => void loadOuterPages().catch(() => undefined), LOAD_AFTER_MS)
    const choice = followChoice(room)
    const followEnd = () => {
      const state = room.state.get()
      if (state.status === 'ended') setStage(stageAfter(state, choice()))
    }
    const unsubscribe = room.state.subscribe(followEnd)
    followEnd()
    return () => {
      clearTimeout(loading)
      unsubscribe()
      stopRemembering()
      disconnect()
    }
  }, [room, dispatch])

  // Not in the effect above: React may run that one twice, and leaving cannot be taken back.
  useEffect(
    () => () => {
      forgetStay()
      void current.current?.leave()
    },
    [],
  )

  const enter = useCallback((joined: Room, late: LateDevices) => {
    current.current = joined
    setStage({ name: 'room', room: joined, late })
  }, [])
  const refuse = useCallback(({ reason, details }: JoinError, again: Choice) => {
    setStage({
      name: 'problem',
      problem: PROBLEMS[reason] ?? (reason === 'unreachable' ? reason : 'failed'),
      details,
      again,
    })
  }, [])
  const returnFailed = useCallback(({ reason, details }: JoinError, stay: Stay) => {
    forgetStay()
    const problem = PROBLEMS[reason]
    // What the form explains, such as a password that is needed again, it explains.
    if (problem) setStage({ name: 'problem', problem, details, again: stay })
    else setStage({ name: 'pre-join', ...(COMES_AGAIN.has(reason) && { again: stay }) })
  }, [])
  const giveUpWaiting = useCallback(() => setStage({ name: 'ended', ending: { reason: 'not_waiting' } }), [])
  const startOver = useCallback(() => setStage({ name: 'pre-join' }), [])
  const askAgain = useCallback(
    () => setStage((from) => ({ name: 'pre-join', again: 'again' in from ? from.again : undefined })),
    [],
  )
  return { stage, enter, refuse, returnFailed, giveUpWaiting, startOver, askAgain }
}

function firstStage(code: MeetingCode): Stage {
  const stay = interruptedStay(code)
  return stay === null ? { name: 'pre-join' } : { name: 'returning', stay }
}

function stageAfter({ reason, by, note }: RoomState & { status: 'ended' }, again: Choice): Stage {
  // There one knocks at once.
  if (reason === 'waiting_room') return { name: 'pre-join', again, sent: { by, note } }
  const problem = PROBLEMS[reason]
  if (!isWorded(reason) && problem) return { name: 'problem', problem, again }
  return { name: 'ended', ending: { reason: isWorded(reason) ? reason : 'ended', by, note }, again }
}

/** Reasons that the page before the call explains once the person has tried again there. */
const COMES_AGAIN: ReadonlySet<RoomEndReason> = new Set<RoomEndReason>(['waiting_room', 'invitation_in_use'])

/** Reasons that fill the page. The others are explained by the form. */
const PROBLEMS: Partial<Record<RoomEndReason, Problem>> = {
  replaced: 'replaced',
  meeting_not_found: 'meetingNotFound',
  room_full: 'roomFull',
  version_mismatch: 'versionMismatch',
  sign_in_required: 'signInRequired',
  not_invited: 'notInvited',
  meeting_ended: 'meetingEnded',
  meeting_locked: 'locked',
  denied: 'denied',
  banned: 'banned',
  removed: 'removed',
}
