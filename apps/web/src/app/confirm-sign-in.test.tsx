import { fireEvent, screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { createFakeAccount, failure, renderWithAccount } from '../../test/fake-account.tsx'
import { SignInConfirmation } from '../lib/sign-in-confirmation.ts'
import { ConfirmSignIn } from './confirm-sign-in.tsx'

async function open(answer: () => unknown) {
  const confirmation = new SignInConfirmation()
  const account = createFakeAccount({ 'POST /auth/confirm': answer })
  await renderWithAccount(account, <ConfirmSignIn confirmation={confirmation} />)
  const answered = confirmation.ask()
  fireEvent.change(await screen.findByLabelText('Password'), { target: { value: 'correct horse' } })
  return { account, answered }
}

test('the password confirms the sign-in and closes the dialog', async () => {
  const { account, answered } = await open(() => undefined)
  fireEvent.click(screen.getByRole('button', { name: 'Confirm' }))
  expect(await answered).toBe(true)
  await vi.waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(account.calls.at(-1)).toEqual({
    route: 'POST /auth/confirm',
    sent: { body: { password: 'correct horse' } },
  })
})

test('a wrong password is said at the field, and one can give up', async () => {
  const { answered } = await open(() => {
    throw failure('wrong_credentials')
  })
  fireEvent.click(screen.getByRole('button', { name: 'Confirm' }))
  await screen.findByText("This isn't your password.")
  fireEvent.click(screen.getByRole('button', { name: 'Cancel' }))
  expect(await answered).toBe(false)
})
