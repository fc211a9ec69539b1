import { type ParticipantId, statsContract } from '@video-meet/protocol'
import { defineRoomFeature, type Member } from '../../room/room-feature.ts'
import type { QualityLog, Reporter } from './quality-log.ts'

/** Clients tell how they are connected; nobody in the call is told. */
export function createStats(qualities: Pick<QualityLog, 'add' | 'left'>) {
  return defineRoomFeature({
    contract: statsContract,
    create(room) {
      const reporterOf = ({ id, name, person }: Member): Reporter => ({
        meetingId: room.meeting.id,
        participantId: id,
        personKey: person.key,
        userId: person.userId,
        name,
      })
      const reporters = new Map<ParticipantId, Reporter>()
      const leave = (reporter: Reporter) => {
        reporters.delete(reporter.participantId)
        qualities.left(reporter)
      }
      const undo = room.on('left', (member) => leave(reporterOf(member)))
      return {
        handlers: {
          'stats.report': (member, report) => {
            const reporter = reporterOf(member)
            reporters.set(member.id, reporter)
            qualities.add(reporter, report)
            return {}
          },
        },
        snapshot: () => ({}),
        close() {
          undo()
          for (const reporter of reporters.values()) leave(reporter)
        },
      }
    },
  })
}
