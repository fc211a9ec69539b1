import { thrownText, toFailure } from '../lib/failure-text.ts'
import { text } from '../lib/text.ts'
import type { AppDispatch } from '../store/store.ts'
import { noticeShown } from '../store/ui-slice.ts'

/** Does something that the server may refuse; says why if it does. Never throws. @returns whether it was done */
export async function act(dispatch: AppDispatch, request: () => Promise<unknown>): Promise<boolean> {
  try {
    await request()
    return true
  } catch (error) {
    const lost = toFailure(error).code === 'disconnected'
    dispatch(noticeShown(lost ? text.serverUnreachable : thrownText(error), 'error'))
    return false
  }
}
