import { fireEvent, screen } from '@testing-library/react'
import type { User } from '@video-meet/protocol'
import { expect, test, vi } from 'vitest'
import {
  buildUser,
  createFakeAccount,
  failure,
  renderWithAccount,
  signedIn,
} from '../../test/fake-account.tsx'
import { profileApi } from './api/profile-api.ts'

function Tokens() {
  const { data, error } = profileApi.useApiTokensQuery()
  const [revoke] = profileApi.useRevokeApiTokenMutation()
  const failed = error !== undefined && 'code' in error ? error.code : ''
  return (
    <>
      <p>{data?.items.map(({ name }) => name).join() ?? `none ${failed}`}</p>
      <button type="button" onClick={() => void revoke({ params: { id: 'x' } })}>
        Revoke
      </button>
    </>
  )
}

const tokens = (...names: string[]) => ({ items: names.map((name) => ({ name })) })

test('what a change is about is loaded again; after a failed one it is not', async () => {
  let left = ['a', 'b']
  let works = false
  const account = createFakeAccount({
    'GET /users/me/tokens': () => tokens(...left),
    'DELETE /users/me/tokens/:id': () => {
      if (!works) throw failure('not_found')
      left = ['b']
    },
  })
  await renderWithAccount(account, <Tokens />)
  await screen.findByText('a,b')
  fireEvent.click(screen.getByRole('button', { name: 'Revoke' }))
  await vi.waitFor(() => expect(account.calls.at(-1)?.route).toBe('DELETE /users/me/tokens/:id'))
  works = true
  fireEvent.click(screen.getByRole('button', { name: 'Revoke' }))
  await screen.findByText('b')
  expect(account.calls.filter(({ route }) => route === 'GET /users/me/tokens')).toHaveLength(2)
})

test('nothing that was loaded for one person is shown to the next', async () => {
  let whose = 'of Ana'
  const ben = buildUser({ id: '0c6b5d0e-6d3a-4c1c-9a0e-111111111111' as User['id'], name: 'Ben' })
  const account = createFakeAccount(
    { 'POST /auth/refresh': () => signedIn(), 'GET /users/me/tokens': () => tokens(whose) },
    true,
  )
  await renderWithAccount(account, <Tokens />)
  await screen.findByText('of Ana')
  whose = 'of Ben'
  account.session.signedIn(signedIn(ben))
  await screen.findByText('of Ben')
})

test('a failure keeps the code of the server', async () => {
  const account = createFakeAccount({
    'GET /users/me/tokens': () => {
      throw failure('forbidden')
    },
  })
  await renderWithAccount(account, <Tokens />)
  await screen.findByText('none forbidden')
})
