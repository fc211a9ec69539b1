import { randomUUID } from 'node:crypto'
import { DEFAULT_POLICY, MeetingCode, MeetingId, type MeetingPolicy } from '@video-meet/protocol'
import { AppError } from '../../src/platform/errors.ts'
import type { Admit } from '../../src/room/admission.ts'

const CODE = MeetingCode.parse('abcd-efghjk-mnpq')

/** Lets everyone into one meeting as a guest whose guest token is their key. */
export function admitGuests(policy: Partial<MeetingPolicy> = {}): Admit {
  const meeting = {
    id: MeetingId.parse(randomUUID()),
    code: CODE,
    title: 'Planning',
    policy: { ...DEFAULT_POLICY, ...policy },
  }
  return async ({ code, guestToken = randomUUID() }) => {
    if (code !== CODE) throw new AppError('meeting_not_found', 'There is no meeting with this code.')
    const person = { key: guestToken, userId: null, sessionId: null, role: 'guest' as const, avatar: null }
    return { meeting, person, guestToken, startMuted: false }
  }
}
