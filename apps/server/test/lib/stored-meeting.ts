import { randomUUID } from 'node:crypto'
import { DEFAULT_POLICY, MeetingCode, MeetingId, type MeetingPolicy } from '@video-meet/protocol'
import type { StoredMeeting } from '../../src/features/meetings/meeting.ts'

const NOW = new Date()

/** An open meeting, without an owner unless `change` says so. */
export function createStoredMeeting(
  policy: Partial<MeetingPolicy> = {},
  change: Partial<StoredMeeting> = {},
): StoredMeeting {
  return {
    id: MeetingId.parse(randomUUID()),
    code: MeetingCode.parse('abcd-efghjk-mnpq'),
    title: 'Planning',
    createdAt: NOW,
    owner: null,
    description: '',
    agenda: '',
    schedule: null,
    policy: { ...DEFAULT_POLICY, ...policy },
    passwordHash: null,
    state: 'open',
    startedAt: null,
    endedAt: null,
    nextStartsAt: null,
    dueAt: null,
    remindAt: null,
    updatedAt: NOW,
    version: 1,
    sequence: 0,
    ...change,
  }
}
