import { type MeetingId, lobbyContract } from '@video-meet/protocol'
import { defineRoomFeature, type Member, type RoomContext } from '../../room/room-feature.ts'
import type { WaitingRooms } from '../../room/waiting-rooms.ts'

/** The waiting room as seen from inside the call, by those who may let people in. */
export function createLobby(waitingRooms: WaitingRooms) {
  const calls = new Map<MeetingId, RoomContext>()
  waitingRooms.on('changed', (id) => {
    const waiting = waitingRooms.list(id)
    calls.get(id)?.broadcast('lobby.changed', { waiting }, { to: (member) => member.may('admit') })
  })
  return defineRoomFeature({
    contract: lobbyContract,
    create(room) {
      const { id: meetingId } = room.meeting
      const seenBy = (member: Member) => ({
        waiting: member.may('admit') ? waitingRooms.list(meetingId) : [],
      })
      const undo = [
        room.on('changed', (member) => member.notify('lobby.changed', seenBy(member))),
        // Who was removed has to be let in anew.
        room.on('left', ({ person: { key } }) => {
          if (room.call.standingOf(key).removed) waitingRooms.tearAllOf(meetingId, key)
        }),
        room.call.on('settingsChanged', () => waitingRooms.settingsChanged(meetingId, room.call.settings)),
      ]
      calls.set(meetingId, room)
      // The meeting may have been changed while people waited and nobody was in the call.
      waitingRooms.settingsChanged(meetingId, room.call.settings)
      const record = (action: string, actor: Member, names: readonly string[]) => {
        for (const name of names) room.record({ action, actor, subject: { id: meetingId, name } })
      }
      return {
        handlers: {
          'lobby.admit': (member, { ids }) => {
            record('call.admitted', member, waitingRooms.admit(meetingId, ids))
            return {}
          },
          'lobby.deny': (member, { ids }) => {
            record('call.denied', member, waitingRooms.deny(meetingId, ids))
            return {}
          },
          'lobby.message': (_member, { ids, text }) => {
            waitingRooms.message(meetingId, ids, text)
            return {}
          },
        },
        snapshot: seenBy,
        close() {
          for (const stop of undo) stop()
          calls.delete(meetingId)
        },
      }
    },
  })
}
