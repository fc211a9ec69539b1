import { RestError, type RestErrorCode } from '@video-meet/client'
import { createMeeting, getMeeting, type Meeting, type MeetingCode } from '@video-meet/protocol'
import { account } from './session.ts'

/** Why a call failed. */
export type RestFailure = RestErrorCode | 'internal'

export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: RestFailure }

const client = account.rest

/** What the app asks of the server's REST API. Failures are answers, so that each caller has something to say. */
export const rest = {
  getMeeting: (code: MeetingCode, signal: AbortSignal): Promise<Answer<Meeting>> =>
    answer(client.call(getMeeting, { params: { id: code } }, { signal })),
  createMeeting: (): Promise<Answer<Meeting>> => answer(client.call(createMeeting, { body: {} })),
}

async function answer<T>(call: Promise<T>): Promise<Answer<T>> {
  try {
    return { ok: true, value: await call }
  } catch (error) {
    return { ok: false, failure: error instanceof RestError ? error.code : 'internal' }
  }
}
