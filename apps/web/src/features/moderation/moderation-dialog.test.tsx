import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { FakeRefusal } from '@video-meet/client/testing'
import { BanId, type ParticipantInfo } from '@video-meet/protocol'
import { expect, test } from 'vitest'
import { HOST, joinTestRoom, renderInRoom, type RoomInTest } from '../../../test/render-in-room.tsx'
import { ControlBar } from '../../meeting/control-bar.tsx'
import { tools } from '../../meeting/moderator-tools.tsx'
import { layoutChanged } from '../../store/ui-slice.ts'

let here: RoomInTest

async function open(self: Partial<ParticipantInfo> = HOST): Promise<void> {
  here = await joinTestRoom(self)
  renderInRoom(
    here,
    <>
      <ControlBar />
      <tools.RoomTools />
    </>,
  )
  fireEvent.click(await screen.findByRole('button', { name: 'Moderation' }))
}

const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }))
const sent = (name: Parameters<typeof here.fake.server.inputsOf>[0]) => here.fake.server.inputsOf(name)

test('everyone is muted, for now or for longer, and it is said', async () => {
  await open()
  press('Mute all')
  await waitFor(() => expect(sent('moderation.muteAll')).toEqual([{ lasting: false }]))
  press('Mute all and keep muted')
  await waitFor(() => expect(sent('moderation.muteAll')).toContainEqual({ lasting: true }))
  await screen.findByText('Everyone below your role is muted, and only presenters can unmute.')
})

test('what the call allows is changed, and what others change shows', async () => {
  await open()
  fireEvent.click(screen.getByRole('switch', { name: 'Lock meeting' }))
  fireEvent.change(screen.getByRole('combobox', { name: 'Who has to wait to be let in' }), {
    target: { value: 'guests' },
  })
  fireEvent.change(screen.getByRole('combobox', { name: 'Who may write in the chat' }), {
    target: { value: 'nobody' },
  })
  await waitFor(() =>
    expect(sent('moderation.changeSettings')).toEqual([
      { locked: true },
      { waitingRoom: 'guests' },
      { chat: 'nobody' },
    ]),
  )
  act(() => here.fake.server.notify('room.settingsChanged', { ...here.room.settings.get(), locked: true }))
  await waitFor(() =>
    expect(screen.getByRole<HTMLInputElement>('switch', { name: 'Lock meeting' }).checked).toBe(true),
  )
})

test('a refusal is said in the dialog', async () => {
  await open()
  here.fake.server.answer('moderation.muteAll', () => {
    throw new FakeRefusal('forbidden')
  })
  press('Mute all')
  await screen.findByText('Refused: forbidden.')
})

test('bans are listed and lifted', async () => {
  await open()
  const ban = {
    id: BanId.parse(crypto.randomUUID()),
    name: 'Cem',
    hasAccount: false,
    network: true,
    by: 'Me',
    at: '2026-01-01T10:00:00.000Z',
  }
  here.fake.server.answer('moderation.listBans', () => ({ bans: [ban] }))
  press('Show banned people')
  const row = await screen.findByRole('listitem', { name: 'Cem' })
  expect(row.textContent).toContain('by Me, with everyone on the same network')
  fireEvent.click(within(row).getByRole('button', { name: 'Lift ban' }))
  await screen.findByText('Nobody is banned.')
  expect(sent('moderation.liftBan')).toEqual([{ id: ban.id }])
})

test('the panic button says all that it does before it does it', async () => {
  await open()
  press('Secure the meeting now')
  const dialog = within(screen.getByRole('dialog', { name: 'Secure the meeting now?' }))
  expect(dialog.getAllByRole('listitem')).toHaveLength(5)
  expect(sent('moderation.panic')).toEqual([])
  fireEvent.click(dialog.getByRole('button', { name: 'Secure the meeting now' }))
  await waitFor(() => expect(sent('moderation.panic')).toHaveLength(1))
  await screen.findByText('The meeting is secured.')
})

test('the meeting is ended for all after a question', async () => {
  await open()
  press('End for all')
  const dialog = within(screen.getByRole('dialog', { name: 'End the meeting for everyone?' }))
  fireEvent.click(dialog.getByRole('button', { name: 'End for all' }))
  await waitFor(() => expect(sent('moderation.end')).toHaveLength(1))
})

test('each sees the parts that are theirs', async () => {
  await open({ role: 'moderator', may: ['moderate', 'admit'] })
  expect(screen.getByRole('button', { name: 'Mute all' })).toBeDefined()
  for (const name of ['Secure the meeting now', 'End for all', 'Show banned people'])
    expect(screen.queryByRole('button', { name })).toBeNull()
  expect(screen.queryByRole('switch', { name: 'Lock meeting' })).toBeNull()
})

test('who leads the layout tells the others of every change', async () => {
  await open()
  fireEvent.click(screen.getByRole('switch', { name: 'Everyone follows my layout' }))
  const grid = { mode: 'grid', pinned: null } as const
  await waitFor(() => expect(sent('layout.lead')).toEqual([{ layout: grid }]))
  const by = here.room.localParticipant.id
  act(() => here.fake.server.notify('layout.changed', { spotlight: null, led: { by, layout: grid } }))
  await waitFor(() => expect(here.room.features.layout.state.get().led).not.toBeNull())
  act(() => void here.store.dispatch(layoutChanged({ mode: 'speaker', pinned: here.ana.id })))
  await waitFor(() =>
    expect(sent('layout.lead')).toContainEqual({ layout: { mode: 'speaker', pinned: here.ana.id } }),
  )
  fireEvent.click(screen.getByRole('switch', { name: 'Everyone follows my layout' }))
  await waitFor(() => expect(sent('layout.lead')).toContainEqual({ layout: null }))
})
