import { fireEvent, screen } from '@testing-library/react'
import { Route, Routes } from 'react-router'
import { expect, test } from 'vitest'
import {
  createFakeAccount,
  failure,
  type FakeAnswers,
  renderWithAccount,
  signedIn,
} from '../../test/fake-account.tsx'
import { RequireUser } from './require-user.tsx'

const address = () => screen.getByTestId('address').textContent
const WANTED = '/dashboard/meetings/1?tab=people#top'

async function open(answers: FakeAnswers, hasSession: boolean) {
  const account = createFakeAccount(answers, hasSession)
  await renderWithAccount(
    account,
    <Routes>
      <Route element={<RequireUser />}>
        <Route path="/dashboard/*" element={<p>Inside</p>} />
      </Route>
      <Route path="*" element={<p>Outside</p>} />
    </Routes>,
    WANTED,
  )
  return account
}

test('whoever is signed in gets in', async () => {
  await open({ 'POST /auth/refresh': () => signedIn() }, true)
  expect(screen.getByText('Inside')).toBeDefined()
  expect(address()).toBe(WANTED)
})

test('others sign in first, and the address remembers where they wanted to go', async () => {
  await open({}, false)
  expect(screen.getByText('Outside')).toBeDefined()
  expect(address()).toBe(`/auth/login?next=${encodeURIComponent(WANTED)}`)
})

test('nobody is sent to sign in because the server does not answer', async () => {
  const answers: FakeAnswers = {}
  await open(answers, true)
  expect(screen.getByText('The server cannot be reached')).toBeDefined()
  expect(address()).toBe(WANTED)
  answers['POST /auth/refresh'] = () => signedIn()
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByText('Inside')).toBeDefined()
})

test('who is signed out while they look at a page is sent to sign in', async () => {
  const { session } = await open({ 'POST /auth/refresh': () => signedIn() }, true)
  session.ended()
  expect(await screen.findByText('Outside')).toBeDefined()
  expect(address()).toContain('/auth/login?next=')
})

test('a session that the server refuses is over', async () => {
  await open(
    {
      'POST /auth/refresh': () => {
        throw failure('unauthorized')
      },
    },
    true,
  )
  expect(screen.getByText('Outside')).toBeDefined()
})
