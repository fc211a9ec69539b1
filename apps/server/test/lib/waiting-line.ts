import { randomUUID } from 'node:crypto'
import { DEFAULT_POLICY, MeetingCode, MeetingId } from '@video-meet/protocol'
import type { Visitor } from '../../src/room/admission.ts'
import type { WaitingRooms } from '../../src/room/waiting-rooms.ts'

/** Somebody at the door of a meeting who has to wait. */
export function createVisitor(
  change: Partial<Omit<Visitor, 'person' | 'meeting'>> & {
    readonly meetingId?: MeetingId
    readonly person?: Partial<Visitor['person']>
  } = {},
): Visitor {
  const { meetingId = MeetingId.parse(randomUUID()), person, ...rest } = change
  return {
    meeting: {
      id: meetingId,
      code: MeetingCode.parse('abcd-efghjk-mnpq'),
      title: 'Planning',
      policy: DEFAULT_POLICY,
      call: null,
    },
    person: {
      key: `guest:${randomUUID()}`,
      userId: null,
      sessionId: null,
      role: 'guest',
      avatar: null,
      ...person,
    },
    guestToken: null,
    mustWait: true,
    isInvited: false,
    wasRemoved: false,
    passwordUnchecked: false,
    ...rest,
  }
}

/** What somebody in a waiting room was told, in order; closing their connection is told last. */
export interface LineToWaiting {
  readonly told: [name: string, payload?: unknown][]
  readonly notify: (name: string, payload: unknown) => void
  readonly close: () => void
}

/** A line whose end frees the place for a moment, as a lost connection does. */
export function createLine(rooms?: WaitingRooms): LineToWaiting {
  const told: LineToWaiting['told'] = []
  const line: LineToWaiting = {
    told,
    notify: (name, payload) => void told.push([name, payload]),
    close: () => {
      told.push(['closed'])
      rooms?.gone(line, { mayReturn: true })
    },
  }
  return line
}
