import type { JoinErrorReason, Room, RoomEndReason } from '@video-meet/client'
import type { MeetingCode } from '@video-meet/protocol'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useAppDispatch } from '../store/hooks.ts'
import { connectRoomToStore } from '../store/room-bridge.ts'
import type { EndedReason } from './after-call-screen.tsx'
import type { LateDevices } from './pre-join/use-join.ts'
import type { Problem } from './problem-page.tsx'
import { forgetStay, interruptedStay, rememberStay, type Stay } from './stay.ts'

/** Where a person is on their way through a meeting. */
export type Stage =
  | { readonly name: 'pre-join' }
  | { readonly name: 'returning'; readonly stay: Stay }
  | { readonly name: 'room'; readonly room: Room; readonly late: LateDevices }
  | { readonly name: 'ended'; readonly reason: EndedReason }
  | { readonly name: 'problem'; readonly problem: Problem }

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
    const followEnd = () => {
      const state = room.state.get()
      if (state.status === 'ended') setStage(stageAfter(state.reason))
    }
    const unsubscribe = room.state.subscribe(followEnd)
    followEnd()
    return () => {
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
  const refuse = useCallback((reason: JoinErrorReason) => {
    setStage({ name: 'problem', problem: problemOf(reason) })
  }, [])
  const returnFailed = useCallback((reason: JoinErrorReason) => {
    forgetStay()
    const problem = problemOf(reason)
    // What the form explains, such as a password that is needed again, it explains.
    setStage(problem === 'unreachable' ? { name: 'pre-join' } : { name: 'problem', problem })
  }, [])
  const startOver = useCallback(() => setStage({ name: 'pre-join' }), [])
  return { stage, enter, refuse, returnFailed, startOver }
}

function firstStage(code: MeetingCode): Stage {
  const stay = interruptedStay(code)
  return stay === null ? { name: 'pre-join' } : { name: 'returning', stay }
}

function stageAfter(reason: RoomEndReason): Stage {
  switch (reason) {
    case 'replaced':
      return { name: 'problem', problem: 'replaced' }
    case 'meeting_not_found':
    case 'room_full':
    case 'version_mismatch':
    case 'sign_in_required':
    case 'not_invited':
      return { name: 'problem', problem: problemOf(reason) }
    case 'left':
    case 'unreachable':
    case 'meeting_ended':
    case 'signed_out':
      return { name: 'ended', reason }
    default:
      return { name: 'ended', reason: 'ended' }
  }
}

/** Reasons that the form itself explains never get here. */
function problemOf(reason: JoinErrorReason): Problem {
  switch (reason) {
    case 'meeting_not_found':
      return 'meetingNotFound'
    case 'room_full':
      return 'roomFull'
    case 'version_mismatch':
      return 'versionMismatch'
    case 'sign_in_required':
      return 'signInRequired'
    case 'not_invited':
      return 'notInvited'
    case 'meeting_ended':
      return 'meetingEnded'
    default:
      return 'unreachable'
  }
}
