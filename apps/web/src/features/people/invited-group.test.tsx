import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { createFakeAccount, type FakeAccount, type FakeAnswers } from '../../../test/fake-account.tsx'
import { HOST, joinTestRoom, renderInRoom } from '../../../test/render-in-room.tsx'
import { InvitedGroup } from './invited-group.tsx'

let account: FakeAccount
vi.mock('../../lib/session.ts', () => ({
  get account() {
    return account
  },
}))

const ID = '6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b'
const invitation = (name: string | null, email: string) => ({ id: email, name, email, status: 'accepted' })
const attendee = { participantId: 'p1', name: 'Ana', leftAt: null, seconds: 600 }

function answers(relation: 'owner' | 'invited'): FakeAnswers {
  return {
    'GET /meetings/:id': () => ({ id: ID, details: { relation } }),
    'GET /meetings/:id/invitations': () => ({
      items: [invitation('Ana', 'ana@example.org'), invitation(null, 'ben@example.org')],
    }),
    'GET /meetings/:id/participants': () => ({ items: [attendee] }),
    'POST /meetings/:id/invitations': () => ({ items: [] }),
  }
}

async function open(relation: 'owner' | 'invited', search = ''): Promise<void> {
  account = createFakeAccount(answers(relation), true)
  const here = await joinTestRoom(HOST)
  renderInRoom(here, <InvitedGroup search={search} />)
  await waitFor(() => expect(account.calls.length).toBeGreaterThan(0))
}

beforeEach(() => localStorage.setItem('video-meet.session', '1'))

test('the owner sees who is invited and not here, and who was here', async () => {
  await open('owner')
  const list = await screen.findByRole('list', { name: 'Invited and not here' })
  expect(within(list).getAllByRole('listitem')).toHaveLength(1)
  expect(list.textContent).toContain('ben@example.org')
  fireEvent.click(screen.getByRole('button', { name: 'Attendance so far: 1' }))
  expect(screen.getByRole('list', { name: 'Attendance so far' }).textContent).toBe(
    'Ana10 min · in the meeting',
  )
})

test('the owner invites by mail from the call', async () => {
  await open('owner')
  const field = await screen.findByRole('textbox', { name: 'Invite by mail' })
  fireEvent.change(field, { target: { value: 'no address' } })
  fireEvent.click(screen.getByRole('button', { name: 'Invite' }))
  expect(field.getAttribute('aria-invalid')).toBe('true')
  fireEvent.change(field, { target: { value: 'cem@example.org' } })
  fireEvent.click(screen.getByRole('button', { name: 'Invite' }))
  await waitFor(() =>
    expect(account.calls.find(({ route }) => route === 'POST /meetings/:id/invitations')?.sent).toEqual({
      params: { id: ID },
      body: { invite: [{ email: 'cem@example.org' }] },
    }),
  )
  await waitFor(() => expect((field as HTMLInputElement).value).toBe(''))
})

test('nobody else sees any of it', async () => {
  await open('invited')
  await Promise.resolve()
  expect(screen.queryByRole('textbox')).toBeNull()
  expect(account.calls.map(({ route }) => route)).toEqual(['GET /meetings/:id'])
})

test('a stranger does not even ask', async () => {
  localStorage.clear()
  account = createFakeAccount(answers('owner'))
  renderInRoom(await joinTestRoom(HOST), <InvitedGroup search="" />)
  expect(account.calls).toEqual([])
})
