import type { CallSettings, Meeting, MeetingId, MeetingListItem } from '@video-meet/protocol'
import { InvitationStatus } from '@video-meet/protocol'
import type { StoredMeeting } from './meeting.ts'
import type { ListedMeeting } from './meetings-store.ts'

/** Shown instead of the title to those who are not invited. */
const PRIVATE_TITLE = 'Private meeting'

/** What the reader is in the meeting; null for a stranger. */
export type Relation = Pick<ListedMeeting, 'relation' | 'answer'> | null

export interface Viewing {
  readonly publicUrl: string
  readonly isLive: (meeting: StoredMeeting) => boolean
  /** What its call allows now; undefined while there is none. */
  readonly callSettings: (id: MeetingId) => Pick<CallSettings, 'waitingRoom' | 'locked'> | undefined
}

export type MeetingViews = ReturnType<typeof createMeetingViews>

/** How a meeting looks from outside. */
export function createMeetingViews({ publicUrl, isLive, callSettings }: Viewing) {
  const stateOf = (meeting: StoredMeeting): Meeting['state'] => {
    if (meeting.state === 'cancelled') return 'cancelled'
    if (isLive(meeting)) return 'live'
    return meeting.state === 'open' ? 'open' : 'ended'
  }
  const linkTo = ({ code }: Pick<StoredMeeting, 'code'>) => `${publicUrl}/meeting/${code}`
  return {
    linkTo,
    meeting(meeting: StoredMeeting, relation: Relation): Meeting {
      const isPrivate = meeting.policy.join === 'invited' && !relation
      const call = callSettings(meeting.id)
      return {
        id: meeting.id,
        code: meeting.code,
        title: isPrivate ? PRIVATE_TITLE : meeting.title,
        state: stateOf(meeting),
        createdAt: meeting.createdAt.toISOString(),
        link: linkTo(meeting),
        schedule: isPrivate ? null : meeting.schedule,
        hasPassword: meeting.passwordHash !== null,
        join: meeting.policy.join,
        waitingRoom: call?.waitingRoom ?? meeting.policy.waitingRoom,
        locked: call?.locked ?? false,
        details: relation && detailsOf(meeting, relation),
      }
    },
    listItem({ meeting, at, relation, answer }: ListedMeeting): MeetingListItem {
      return {
        id: meeting.id,
        code: meeting.code,
        title: meeting.title,
        state: stateOf(meeting),
        link: linkTo(meeting),
        schedule: meeting.schedule,
        nextStartsAt: isoOf(meeting.nextStartsAt),
        at: at.toISOString(),
        relation,
        organiser: meeting.owner?.name ?? null,
        answer: answerOf(answer),
      }
    },
  }
}

function detailsOf(meeting: StoredMeeting, { relation, answer }: NonNullable<Relation>): Meeting['details'] {
  return {
    description: meeting.description,
    agenda: meeting.agenda,
    policy: meeting.policy,
    relation,
    organiser: meeting.owner?.name ?? null,
    answer: answerOf(answer),
    nextStartsAt: isoOf(meeting.nextStartsAt),
    startedAt: isoOf(meeting.startedAt),
    endedAt: isoOf(meeting.endedAt),
    updatedAt: meeting.updatedAt.toISOString(),
    version: meeting.version,
  }
}

function isoOf(time: Date | null): string | null {
  return time?.toISOString() ?? null
}

function answerOf(word: string | null): InvitationStatus | null {
  return word === null ? null : InvitationStatus.parse(word)
}
