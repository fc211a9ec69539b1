import { handsContract, type ParticipantId } from '@video-meet/protocol'
import { defineRoomFeature, type Member } from '../../room/room-feature.ts'

/** Raised hands, in the order in which they went up. */
export const hands = defineRoomFeature({
  contract: handsContract,
  create(room) {
    const raised = new Map<ParticipantId, Date>()
    const list = () =>
      [...raised].map(([participantId, at]) => ({ participantId, raisedAt: at.toISOString() }))
    const tell = () => room.broadcast('hands.changed', { raised: list() })
    const lower = (id: ParticipantId) => {
      const wasUp = raised.delete(id)
      if (wasUp) tell()
      return wasUp
    }
    /** Nobody is told of what they did to themselves. */
    const note = (moderator: Member, subject: Member) => {
      if (subject.id === moderator.id) return
      subject.notify('moderation.noted', { act: 'handLowered', by: moderator.name })
    }
    const undo = [
      room.on('left', ({ id }) => void lower(id)),
      room.on('changed', (member) => {
        if (!member.may('hand')) lower(member.id)
      }),
    ]
    return {
      handlers: {
        'hands.raise': ({ id }) => {
          if (raised.has(id)) return {}
          raised.set(id, new Date())
          tell()
          return {}
        },
        'hands.lower': ({ id }) => {
          lower(id)
          return {}
        },
        'hands.lowerOf': (moderator, { participantId }) => {
          const subject = room.member(participantId)
          if (!lower(participantId)) return {}
          note(moderator, subject)
          room.record({
            action: 'call.hand_lowered',
            actor: moderator,
            subject: { id: subject.id, name: subject.name },
          })
          return {}
        },
        'hands.lowerAll': (moderator) => {
          if (raised.size === 0) return {}
          for (const id of raised.keys()) note(moderator, room.member(id))
          raised.clear()
          tell()
          room.record({ action: 'call.hands_lowered', actor: moderator })
          return {}
        },
      },
      snapshot: () => ({ raised: list() }),
      close() {
        for (const stop of undo) stop()
        raised.clear()
      },
    }
  },
})
