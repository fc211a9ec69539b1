import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { WaitingId, type WaitingPerson } from '@video-meet/protocol'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { HOST, joinTestRoom, renderInRoom, type RoomInTest } from '../../../test/render-in-room.tsx'
import { ControlBar } from '../../meeting/control-bar.tsx'
import { PeoplePanel } from '../people/people-panel.tsx'
import { switchKnockSound } from './knock-sound.ts'
import { KnockToast } from './knock-toast.tsx'

let here: RoomInTest
const tones = vi.fn<(frequency: number) => void>()

const node = () => ({
  connect: vi.fn<() => void>(),
  start: vi.fn<() => void>(),
  stop: vi.fn<() => void>(),
  addEventListener: vi.fn<() => void>(),
  gain: { setValueAtTime() {}, linearRampToValueAtTime() {} },
})

beforeEach(async () => {
  vi.stubGlobal(
    'AudioContext',
    class {
      currentTime = 0
      destination = {}
    },
  )
  vi.stubGlobal(
    'GainNode',
    class {
      constructor() {
        return node()
      }
    },
  )
  vi.stubGlobal(
    'OscillatorNode',
    class {
      constructor(_: unknown, { frequency }: { frequency: number }) {
        tones(frequency)
        return node()
      }
    },
  )
  tones.mockClear()
  here = await joinTestRoom(HOST)
})

afterEach(() => switchKnockSound(true))

function person(name: string, change: Partial<WaitingPerson> = {}): WaitingPerson {
  return {
    id: WaitingId.parse(crypto.randomUUID()),
    name,
    hasAccount: false,
    since: new Date(Date.now() - 125_000).toISOString(),
    wasRemoved: false,
    passwordUnchecked: false,
    reminders: 0,
    ...change,
  }
}

const cem = person('Cem', { wasRemoved: true, passwordUnchecked: true })
const dana = person('Dana', { hasAccount: true, since: new Date().toISOString() })
const waitingNow = (...waiting: WaitingPerson[]) =>
  act(() => here.fake.server.notify('lobby.changed', { waiting }))
const row = (name: string) => within(screen.getByRole('listitem', { name }))

test('those who wait are listed with what is known of them', async () => {
  renderInRoom(here, <PeoplePanel />)
  waitingNow(cem, dana)
  await screen.findByRole('listitem', { name: 'Cem' })
  expect(screen.getByRole('listitem', { name: 'Cem' }).textContent).toContain('Guest · waiting for 2 min')
  expect(row('Cem').getByText('Was removed before')).toBeDefined()
  expect(row('Cem').getByText('Password not checked')).toBeDefined()
  expect(screen.getByRole('listitem', { name: 'Dana' }).textContent).toContain('Has an account · just came')
})

test('they are admitted and denied one by one, or admitted all at once', async () => {
  renderInRoom(here, <PeoplePanel />)
  waitingNow(cem, dana)
  await screen.findByRole('listitem', { name: 'Cem' })
  fireEvent.click(row('Cem').getByRole('button', { name: 'Admit' }))
  fireEvent.click(row('Dana').getByRole('button', { name: 'Deny' }))
  fireEvent.click(screen.getByRole('button', { name: 'Admit all' }))
  const sent = (name: 'lobby.admit' | 'lobby.deny') => here.fake.server.inputsOf(name)
  await waitFor(() => expect(sent('lobby.admit')).toEqual([{ ids: [cem.id] }, { ids: [cem.id, dana.id] }]))
  expect(sent('lobby.deny')).toEqual([{ ids: [dana.id] }])
})

test('a message goes to one of them or to all', async () => {
  renderInRoom(here, <PeoplePanel />)
  waitingNow(cem, dana)
  for (const name of ['Message Cem', 'Message all']) {
    fireEvent.click(await screen.findByRole('button', { name }))
    fireEvent.change(screen.getByRole('textbox', { name: 'Message' }), { target: { value: 'One moment' } })
    fireEvent.click(screen.getByRole('button', { name: 'Send' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  }
  expect(here.fake.server.inputsOf('lobby.message')).toEqual([
    { ids: [cem.id], text: 'One moment' },
    { ids: [cem.id, dana.id], text: 'One moment' },
  ])
})

test('a knock is heard and seen, and answered where it is seen', async () => {
  renderInRoom(here, <KnockToast />)
  waitingNow(cem)
  await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('Cem waits to be let in'))
  expect(tones).toHaveBeenCalledTimes(2)
  fireEvent.click(within(screen.getByRole('group', { name: /^Cem/ })).getByRole('button', { name: 'Admit' }))
  await waitFor(() => expect(here.fake.server.inputsOf('lobby.admit')).toEqual([{ ids: [cem.id] }]))
  waitingNow()
  await waitFor(() => expect(screen.queryByRole('group', { name: /^Cem/ })).toBeNull())
})

test('knocks are silent when the sound is switched off', async () => {
  switchKnockSound(false)
  renderInRoom(here, <KnockToast />)
  waitingNow(cem)
  await screen.findByRole('group', { name: /^Cem/ })
  expect(tones).not.toHaveBeenCalled()
})

test('with the panel open a knock is said and not shown twice', async () => {
  renderInRoom(here, <KnockToast />)
  waitingNow(cem)
  fireEvent.click(await screen.findByRole('button', { name: 'See all' }))
  expect(here.store.getState().ui.openPanel).toBe('people')
  waitingNow(cem, dana)
  await waitFor(() => expect(here.store.getState().ui.announcement?.text).toBe('Dana waits to be let in'))
  expect(screen.queryByRole('group')).toBeNull()
})

test('the button of the panel counts those who wait', async () => {
  renderInRoom(here, <ControlBar />)
  waitingNow(cem, dana)
  await waitFor(() => {
    const id = screen.getByRole('button', { name: 'People' }).getAttribute('aria-describedby') ?? ''
    expect(document.getElementById(id)?.textContent).toBe('2 people are waiting')
  })
})
