import { randomUUID } from 'node:crypto'
import { DEFAULT_POLICY, MeetingCode, MeetingId, type MeetingPolicy } from '@video-meet/protocol'
import { AppError } from '../../src/platform/errors.ts'
import type { Door } from '../../src/room/admission.ts'
import type { ResumeTokens } from '../../src/room/resume-token.ts'

const CODE = MeetingCode.parse('abcd-efghjk-mnpq')

/** Lets everyone into one meeting as a guest whose guest token is their key. */
export function admitGuests(tokens: ResumeTokens, policy: Partial<MeetingPolicy> = {}): Pick<Door, 'admit'> {
  const meeting = {
    id: MeetingId.parse(randomUUID()),
    code: CODE,
    title: 'Planning',
    policy: { ...DEFAULT_POLICY, ...policy },
    call: null,
  }
  return {
    async admit({ code, guestToken = randomUUID(), resumeToken }) {
      if (code !== CODE) throw new AppError('meeting_not_found', 'There is no meeting with this code.')
      const claim = resumeToken === undefined ? null : await tokens.read(meeting.id, resumeToken)
      const key = claim?.key ?? guestToken
      const person = { key, userId: null, sessionId: null, role: 'guest' as const, avatar: null }
      const rest = {
        startMuted: false,
        claim,
        confirm: async () => undefined,
        takesOver: false,
        seated: () => undefined,
      }
      return { meeting, person, guestToken: key, ...rest }
    },
  }
}
