import { createRestClient, RestError, type RestErrorCode } from '@video-meet/client'
import {
  type CreatedMeeting,
  createMeeting,
  getMeeting,
  type Meeting,
  type MeetingCode,
} from '@video-meet/protocol'
import { wasSignedIn } from './session-hint.ts'

/** Why a call failed. */
export type RestFailure = RestErrorCode | 'internal'

export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: RestFailure }

/** Strangers, who are most of those that join, do without the code of the session. */
const client = createRestClient({
  async accessToken(refused) {
    if (!wasSignedIn()) return undefined
    const { account } = await import('./session.ts')
    return account.session.accessToken(refused)
  },
})

/** What the app asks of the server's REST API. Failures are answers, so that each caller has something to say. */
export const rest = {
  getMeeting: (code: MeetingCode, signal: AbortSignal): Promise<Answer<Meeting>> =>
    answer(client.call(getMeeting, { params: { id: code } }, { signal })),
  createMeeting: (): Promise<Answer<CreatedMeeting>> => answer(client.call(createMeeting, { body: {} })),
}

async function answer<T>(call: Promise<T>): Promise<Answer<T>> {
  try {
    return { ok: true, value: await call }
  } catch (error) {
    return { ok: false, failure: error instanceof RestError ? error.code : 'internal' }
  }
}
