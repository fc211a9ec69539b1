import { fireEvent, screen, within } from '@testing-library/react'
import { DEFAULT_POLICY, type User } from '@video-meet/protocol'
import { Route, Routes } from 'react-router'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import {
  buildUser,
  createFakeAccount,
  failure,
  type FakeAnswers,
  renderWithAccount,
  signedIn,
} from '../../test/fake-account.tsx'
import { RequireUser } from '../app/require-user.tsx'
import { DashboardPages } from './dashboard-pages.tsx'

const SERVER = { signUp: 'open', whoMayCreate: 'anyone', mail: 'outbox', hasUsers: true }
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }))
const type = (label: string, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } })

// The test's document shows no dialogs by itself.
beforeEach(() => {
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true
  }
  HTMLDialogElement.prototype.close = function () {
    this.open = false
  }
})

async function open(path: string, answers: FakeAnswers = {}, change: Partial<User> = {}) {
  const user = buildUser(change)
  const account = createFakeAccount(
    {
      'POST /auth/refresh': () => signedIn(user),
      'GET /server': () => SERVER,
      'GET /users/me': () => user,
      'GET /users/me/notifications': () => ({ items: [], nextCursor: null, unread: 0 }),
      ...answers,
    },
    true,
  )
  await renderWithAccount(
    account,
    <Routes>
      <Route element={<RequireUser />}>
        <Route path="/dashboard/*" element={<DashboardPages />} />
      </Route>
      <Route path="*" element={<p>Outside</p>} />
    </Routes>,
    path,
  )
  return account
}

const callsOf = (account: Awaited<ReturnType<typeof open>>, route: string) =>
  account.calls.filter((call) => call.route === route)

describe('the frame', () => {
  test('leads administrators to the administration, and others not', async () => {
    await open('/dashboard/profile', {}, { role: 'administrator' })
    press(/Account of Ana/)
    expect(screen.getAllByRole('menuitem').map((item) => item.textContent)).toEqual([
      'Profile',
      'Templates',
      'Test your connection',
      'Administration',
      'Sign out',
    ])
  })

  test('signs out', async () => {
    const account = await open('/dashboard/profile', { 'POST /auth/logout': () => undefined })
    press(/Account of Ana/)
    expect(screen.queryByRole('menuitem', { name: 'Administration' })).toBeNull()
    fireEvent.click(screen.getByRole('menuitem', { name: 'Sign out' }))
    await screen.findByText('Outside')
    expect(account.session.state.get().status).toBe('signedOut')
  })

  test('tells how much is new', async () => {
    await open('/dashboard/profile', {
      'GET /users/me/notifications': () => ({ items: [], nextCursor: null, unread: 3 }),
    })
    await screen.findByRole('button', { name: 'Notifications, 3 unread' })
  })
})

describe('the profile', () => {
  test('keeps what was changed, and the frame shows it', async () => {
    const account = await open('/dashboard/profile', {
      'PATCH /users/me': ({ body }) => buildUser(body as Partial<User>),
    })
    await screen.findByLabelText('Your name')
    type('Your name', 'Ana Maria')
    press('Save')
    await screen.findByRole('button', { name: /Account of Ana Maria/ })
    expect(callsOf(account, 'PATCH /users/me')[0]?.sent.body).toEqual({
      name: 'Ana Maria',
      language: 'en-GB',
      timeZone: 'Europe/Vienna',
    })
  })

  test('says at the field that the current password is wrong', async () => {
    await open('/dashboard/profile/security', {
      'GET /users/me/sessions': () => ({ items: [] }),
      'POST /users/me/password': () => {
        throw failure('wrong_credentials')
      },
    })
    await screen.findByLabelText('Current password')
    type('Current password', 'not it')
    type('New password', 'correct horse')
    press('Change password')
    await screen.findByText("This isn't your current password.")
    expect(document.activeElement).toBe(screen.getByLabelText('Current password'))
  })

  test('shows a new API token once, and keeps it out of the store', async () => {
    const account = await open('/dashboard/profile/tokens', {
      'GET /users/me/tokens': () => ({ items: [] }),
      'POST /users/me/tokens': () => ({ token: 'vm_secret', apiToken: {} }),
    })
    await screen.findByText('No tokens')
    press('New token')
    type('What is it for?', 'Report')
    press('Make token')
    expect((await screen.findByLabelText('Token')).textContent).toBe('vm_secret')
    press('Done')
    expect(screen.queryByText('vm_secret')).toBeNull()
    await vi.waitFor(() => expect(callsOf(account, 'GET /users/me/tokens')).toHaveLength(2))
  })

  test('deletes the account only with its password', async () => {
    const account = await open('/dashboard/profile/data', { 'DELETE /users/me': () => undefined })
    await screen.findByRole('button', { name: 'Delete account' })
    press('Delete account')
    press('Delete my account')
    await screen.findByText('Fill this in.')
    expect(callsOf(account, 'DELETE /users/me')).toEqual([])
    type('Password', 'correct horse')
    press('Delete my account')
    await screen.findByText('Outside')
  })

  test('offers to try again what could not be loaded', async () => {
    let reachable = false
    const session = {
      id: '0c6b5d0e-6d3a-4c1c-9a0e-222222222222',
      device: 'Firefox on Linux',
      address: '192.0.2.1',
      createdAt: '2026-01-01T10:00:00.000Z',
      lastUsedAt: '2026-01-01T10:00:00.000Z',
      current: true,
    }
    await open('/dashboard/profile/security', {
      'GET /users/me/sessions': () => {
        if (!reachable) throw failure('network')
        return { items: [session] }
      },
    })
    await screen.findByText(/server cannot be reached/)
    reachable = true
    press('Try again')
    await screen.findByText('Firefox on Linux')
    expect(screen.queryByRole('button', { name: /^Sign out Firefox/ })).toBeNull()
  })
})

describe('templates', () => {
  test('a number out of range is said at its field, inside the policy as well', async () => {
    const account = await open('/dashboard/templates', {
      'GET /templates': () => ({ items: [] }),
      'POST /templates': () => ({}),
    })
    await screen.findByText('No templates of your own')
    press('New template')
    type('Name', 'Weekly')
    type('Longest time in minutes', '3')
    press('Save')
    await screen.findByText('Enter 5 or more.')
    expect(document.activeElement).toBe(screen.getByLabelText('Longest time in minutes'))
    type('Longest time in minutes', '')
    press('Save')
    await vi.waitFor(() => expect(callsOf(account, 'POST /templates')).toHaveLength(1))
    expect(callsOf(account, 'POST /templates')[0]?.sent.body).toEqual({
      name: 'Weekly',
      description: '',
      durationMinutes: 45,
      agenda: '',
      policy: DEFAULT_POLICY,
      kind: 'personal',
    })
  })
})

describe('the administration', () => {
  const ben = {
    ...buildUser({ id: '0c6b5d0e-6d3a-4c1c-9a0e-111111111111' as User['id'], name: 'Ben' }),
    state: 'active',
    lastSeenAt: null,
  }
  const administrator = { role: 'administrator' } as const

  test('is closed to others, who are told so', async () => {
    const account = await open('/dashboard/admin')
    await screen.findByText('Only administrators get in here')
    expect(callsOf(account, 'GET /users')).toEqual([])
  })

  test('searches accounts and pages through them', async () => {
    const account = await open(
      '/dashboard/admin',
      {
        'GET /users': ({ query }) => {
          const { cursor } = query as { cursor?: string }
          const person = cursor === undefined ? ben : { ...ben, id: `${ben.id}2`, name: 'Chloé' }
          return { items: [person], nextCursor: cursor === undefined ? 'next' : null }
        },
      },
      administrator,
    )
    await screen.findByText('Ben')
    press('Show more')
    await screen.findByText('Chloé')
    expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull()
    type('Search by name or mail address', 'be')
    await vi.waitFor(() =>
      expect(callsOf(account, 'GET /users').at(-1)?.sent.query).toEqual({ search: 'be' }),
    )
  })

  test('asks before an account is disabled, and says when that fails', async () => {
    const account = await open(
      '/dashboard/admin',
      {
        'GET /users': () => ({ items: [ben], nextCursor: null }),
        'PATCH /users/:id': () => {
          throw failure('conflict', 'The last administrator has to stay.')
        },
      },
      administrator,
    )
    await screen.findByText('Ben')
    press(/Actions for Ben/)
    fireEvent.click(screen.getByRole('menuitem', { name: 'Disable' }))
    const dialog = within(screen.getByRole('dialog', { name: 'Disable Ben?' }))
    expect(callsOf(account, 'PATCH /users/:id')).toEqual([])
    fireEvent.click(dialog.getByRole('button', { name: 'Disable account' }))
    await dialog.findByText('The last administrator has to stay.')
  })

  test('leaves alone what the environment sets', async () => {
    const settings = {
      signUp: 'closed',
      whoMayCreate: 'users',
      retentionDays: 90,
      reminderMinutes: 10,
      fixed: ['signUp'],
    }
    const account = await open(
      '/dashboard/admin/settings',
      { 'GET /settings': () => settings, 'PATCH /settings': () => settings },
      administrator,
    )
    const select = await screen.findByLabelText<HTMLSelectElement>('Who may create an account')
    expect(select.disabled).toBe(true)
    type('Minutes before the start to send reminders', '')
    press('Save')
    await screen.findByText('Fill this in.')
    type('Minutes before the start to send reminders', '0')
    press('Save')
    await vi.waitFor(() =>
      expect(callsOf(account, 'PATCH /settings')[0]?.sent.body).toEqual({
        whoMayCreate: 'users',
        retentionDays: 90,
        reminderMinutes: 0,
      }),
    )
  })
})
