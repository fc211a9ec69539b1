import { type MeetingId, lobbyContract, type WaitingPerson } from '@video-meet/protocol'
import { type Paced, paced } from '../../platform/paced.ts'
import { distinctName } from '../../room/distinct-name.ts'
import { defineRoomFeature, type Member } from '../../room/room-feature.ts'
import type { WaitingRooms } from '../../room/waiting-rooms.ts'

/** Those who wait must not be able to flood those who may let them in: each time it is the whole list. */
const LIST_EVERY_MS = 250

/** The waiting room as seen from inside the call, by those who may let people in. */
export function createLobby(waitingRooms: WaitingRooms) {
  const lists = new Map<MeetingId, Paced>()
  waitingRooms.on('changed', (id) => lists.get(id)?.ask())
  return defineRoomFeature({
    contract: lobbyContract,
    create(room) {
      const { id: meetingId } = room.meeting
      const waiting = () => distinct(waitingRooms.list(meetingId), room.members())
      const seenBy = (member: Member) => ({ waiting: member.may('admit') ? waiting() : [] })
      const list = paced(LIST_EVERY_MS, () =>
        room.broadcast('lobby.changed', { waiting: waiting() }, { to: (member) => member.may('admit') }),
      )
      lists.set(meetingId, list)
      const undo = [
        room.on('changed', (member) => member.notify('lobby.changed', seenBy(member))),
        // Who was removed has to be let in anew.
        room.on('left', ({ person: { key } }) => {
          if (room.call.standingOf(key).removed) waitingRooms.tearAllOf(meetingId, key)
        }),
        room.call.on('settingsChanged', () => {
          waitingRooms.settingsChanged(meetingId, room.call.settings)
          list.flush()
        }),
      ]
      // The meeting may have been changed while people waited and nobody was in the call.
      waitingRooms.settingsChanged(meetingId, room.call.settings)
      const record = (action: string, actor: Member, names: readonly string[]) => {
        list.flush()
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
          lists.delete(meetingId)
          list.close()
        },
      }
    },
  })
}

/** Shows people who wait under names that tell them apart from those in the call and from each other. */
function distinct(waiting: readonly WaitingPerson[], members: readonly Member[]): WaitingPerson[] {
  const taken = members.map(({ name }) => name)
  return waiting.map((person) => {
    const name = distinctName({ name: person.name, role: person.hasAccount ? 'participant' : null }, taken)
    taken.push(name)
    return { ...person, name }
  })
}
