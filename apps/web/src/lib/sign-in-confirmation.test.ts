import { RestError } from '@video-meet/client'
import { getMe } from '@video-meet/protocol'
import { expect, test, vi } from 'vitest'
import { SignInConfirmation, withConfirmation } from './sign-in-confirmation.ts'

const tooOld = new RestError('Confirm your password to go on.', {
  code: 'recent_sign_in_required',
  status: 403,
})

test('repeats the call once the person has confirmed their sign-in', async () => {
  const confirmation = new SignInConfirmation()
  const call = vi
    .fn<() => Promise<never>>()
    .mockRejectedValueOnce(tooOld)
    .mockResolvedValueOnce('done' as never)
  const answer = withConfirmation({ call }, confirmation).call(getMe, {})
  await vi.waitFor(() => expect(confirmation.isAsking()).toBe(true))
  confirmation.settle(true)
  expect(await answer).toBe('done')
  expect(confirmation.isAsking()).toBe(false)
})

test('fails with the answer of the server when the person gives up', async () => {
  const confirmation = new SignInConfirmation()
  const call = vi.fn<() => Promise<never>>().mockRejectedValue(tooOld)
  const answer = withConfirmation({ call }, confirmation).call(getMe, {})
  await vi.waitFor(() => expect(confirmation.isAsking()).toBe(true))
  confirmation.settle(false)
  await expect(answer).rejects.toBe(tooOld)
  expect(call).toHaveBeenCalledTimes(1)
})

test('leaves other failures alone', async () => {
  const confirmation = new SignInConfirmation()
  const call = vi
    .fn<() => Promise<never>>()
    .mockRejectedValue(new RestError('No.', { code: 'forbidden', status: 403 }))
  await expect(withConfirmation({ call }, confirmation).call(getMe, {})).rejects.toThrow('No.')
  expect(confirmation.isAsking()).toBe(false)
})
