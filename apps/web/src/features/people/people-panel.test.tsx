import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { buildParticipant, FakeRefusal } from '@video-meet/client/testing'
import type { ParticipantInfo } from '@video-meet/protocol'
import { expect, test } from 'vitest'
import { HOST, joinTestRoom, renderInRoom, type RoomInTest } from '../../../test/render-in-room.tsx'
import { PeoplePanel } from './people-panel.tsx'

let here: RoomInTest

async function open(self?: Partial<ParticipantInfo>): Promise<void> {
  here = await joinTestRoom(self)
  renderInRoom(here, <PeoplePanel />)
}

const list = () => screen.getByRole('list', { name: 'In the meeting' })
const names = () =>
  within(list())
    .getAllByRole('listitem')
    .map((row) => row.querySelector('[dir=auto]')?.textContent)

async function choose(name: string, action: string): Promise<void> {
  fireEvent.click(await screen.findByRole('button', { name: `More for ${name}` }))
  fireEvent.click(screen.getByRole('menuitem', { name: action }))
}

test('raised hands come first; a search leaves those whose name fits', async () => {
  await open()
  const ben = buildParticipant({ name: 'Ben', role: 'presenter' })
  act(() => {
    here.fake.server.notify('room.participantJoined', ben)
    here.fake.server.notify('hands.changed', {
      raised: [{ participantId: ben.id, raisedAt: '2026-01-01T10:00:00.000Z' }],
    })
  })
  await waitFor(() => expect(names()).toEqual(['Ben', 'Ana', 'Me (you)']))
  expect(within(list()).getAllByRole('listitem')[0]?.textContent).toContain('Presenter')
  fireEvent.change(screen.getByRole('searchbox', { name: 'Find a person' }), { target: { value: 'AN' } })
  expect(names()).toEqual(['Ana'])
  fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'zz' } })
  expect(screen.getByRole('status').textContent).toBe('Nobody here has this name.')
})

test('who has no say in the meeting has no menus', async () => {
  await open()
  expect(screen.queryByRole('button', { name: /^More for/ })).toBeNull()
})

test('the menu comes and goes with what the person may do', async () => {
  await open()
  const change = (info: Partial<ParticipantInfo>) =>
    act(() =>
      here.fake.server.notify('room.participantChanged', {
        id: here.room.localParticipant.id,
        ...info,
      }),
    )
  change({ role: 'host', may: [...HOST.may] })
  await screen.findByRole('button', { name: 'More for Ana' })
  change({ role: 'participant', may: ['chat'] })
  await waitFor(() => expect(screen.queryByRole('button', { name: 'More for Ana' })).toBeNull())
})

test.each([
  ['Mute', 'moderation.stop', { source: 'microphone', lasting: false }],
  ['Mute and keep muted', 'moderation.stop', { source: 'microphone', lasting: true }],
  ['Ask to turn on camera', 'moderation.ask', { device: 'camera' }],
  ['Make moderator', 'moderation.giveRole', { role: 'moderator' }],
  ['Forbid chat', 'moderation.grant', { capability: 'chat', allowed: false }],
  ['Spotlight for everyone', 'layout.spotlight', {}],
  ['Send to waiting room', 'moderation.sendToWaitingRoom', {}],
] as const)('%s is asked of the server', async (action, request, input) => {
  await open(HOST)
  await choose('Ana', action)
  await waitFor(() =>
    expect(here.fake.server.inputsOf(request)).toEqual([{ participantId: here.ana.id, ...input }]),
  )
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'More for Ana' }))
})

test('what the server refuses is said', async () => {
  await open(HOST)
  here.fake.server.answer('moderation.stop', () => {
    throw new FakeRefusal('forbidden')
  })
  await choose('Ana', 'Mute')
  await waitFor(() => expect(here.store.getState().ui.notice?.text).toBe('Refused: forbidden.'))
})

test('a new name needs a reason', async () => {
  await open(HOST)
  await choose('Ana', 'Rename…')
  fireEvent.change(screen.getByRole('textbox', { name: 'Name' }), { target: { value: 'Ana B.' } })
  fireEvent.click(screen.getByRole('button', { name: 'Rename' }))
  expect(screen.getByRole('textbox', { name: 'Reason' }).getAttribute('aria-invalid')).toBe('true')
  fireEvent.change(screen.getByRole('textbox', { name: 'Reason' }), { target: { value: 'Two Anas' } })
  fireEvent.click(screen.getByRole('button', { name: 'Rename' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(here.fake.server.inputsOf('moderation.rename')).toEqual([
    { participantId: here.ana.id, name: 'Ana B.', reason: 'Two Anas' },
  ])
})

test('a ban can take the network along; the reason is up to the moderator', async () => {
  await open(HOST)
  await choose('Ana', 'Ban…')
  fireEvent.click(screen.getByRole('checkbox', { name: 'Also keep out everyone on the same network' }))
  fireEvent.click(screen.getByRole('button', { name: 'Ban' }))
  await waitFor(() =>
    expect(here.fake.server.inputsOf('moderation.ban')).toEqual([
      { participantId: here.ana.id, network: true },
    ]),
  )
})

test('removing tells the reason', async () => {
  await open(HOST)
  await choose('Ana', 'Remove…')
  fireEvent.change(screen.getByRole('textbox', { name: 'Reason (optional)' }), { target: { value: 'Noise' } })
  fireEvent.click(screen.getByRole('button', { name: 'Remove' }))
  await waitFor(() =>
    expect(here.fake.server.inputsOf('moderation.remove')).toEqual([
      { participantId: here.ana.id, reason: 'Noise' },
    ]),
  )
})

test('another host is made only after a question', async () => {
  await open(HOST)
  await choose('Ana', 'Make host…')
  expect(here.fake.server.inputsOf('moderation.giveRole')).toEqual([])
  fireEvent.click(screen.getByRole('button', { name: 'Make host' }))
  await waitFor(() =>
    expect(here.fake.server.inputsOf('moderation.giveRole')).toEqual([
      { participantId: here.ana.id, role: 'host' },
    ]),
  )
})

test('a person is pinned for oneself from their menu', async () => {
  await open(HOST)
  await choose('Ana', 'Pin for me')
  expect(here.store.getState().ui.layout.pinned).toBe(here.ana.id)
})
