import { type ParticipantId, statsContract } from '@video-meet/protocol'
import { defineRoomFeature, type Member } from '../../room/room-feature.ts'
import { CallWatch } from './call-watch.ts'
import type { QualityEvents } from './quality-events.ts'
import type { QualityLog, Reporter } from './quality-log.ts'

/** Where it is kept how calls go. */
export interface StatsPorts {
  readonly qualities: Pick<QualityLog, 'add' | 'left'>
  readonly qualityEvents: Pick<QualityEvents, 'add' | 'callEnded'>
}

/** Clients tell how they are connected; nobody in the call is told. What happened to them is kept beside it. */
export function createStats({ qualities, qualityEvents }: StatsPorts) {
  return defineRoomFeature({
    contract: statsContract,
    create(room) {
      const meetingId = room.meeting.id
      const reporterOf = (member: Member): Reporter => ({
        meetingId,
        participantId: member.id,
        ...personOf(member),
      })
      const watch = new CallWatch<Member>({
        onEvent: (event, who) => qualityEvents.add(meetingId, event, who && personOf(who)),
      })
      const reporters = new Map<ParticipantId, Reporter>()
      const leave = (reporter: Reporter) => {
        reporters.delete(reporter.participantId)
        qualities.left(reporter)
      }
      const undo = [
        room.on('left', (member) => {
          watch.left(member)
          leave(reporterOf(member))
        }),
        room.on('joined', () => watch.topologyIs(room.topology(), room.members().length)),
        room.on('topologyChanged', (state) => watch.topologyIs(state, room.members().length)),
        room.on('lineLost', (member) => watch.lineLost(member)),
        room.on('lineBack', (member) => watch.lineBack(member)),
        room.on('mediaReplaced', () => watch.mediaReplaced()),
      ]
      return {
        handlers: {
          'stats.report': (member, report) => {
            const reporter = reporterOf(member)
            reporters.set(member.id, reporter)
            qualities.add(reporter, report)
            watch.reported(member, report)
            return {}
          },
        },
        snapshot: () => ({}),
        close() {
          for (const stop of undo) stop()
          for (const reporter of reporters.values()) leave(reporter)
          qualityEvents.callEnded(meetingId)
        },
      }
    },
  })
}

function personOf({ name, person }: Member) {
  return { personKey: person.key, userId: person.userId, name }
}
