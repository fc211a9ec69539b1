import { expect, it, vi } from 'vitest'
import { createBrowser, openCallPlace } from './call-place.ts'
import type { Person } from './meeting-place.ts'

const namesSeenBy = ({ room }: Person) => room.participants.get().map(({ name }) => name)

it('tells people with similar names apart for everyone', async () => {
  const place = await openCallPlace()
  const hal = await place.arrive('Hal', { role: 'host' })
  await place.arrive('Ana')
  const second = await place.arrive('Аnа')
  await place.arrive('Host')
  await vi.waitFor(() =>
    expect(namesSeenBy(hal)).toEqual(expect.arrayContaining(['Ana', 'Аnа (2)', 'Host (guest)'])),
  )
  expect(second.room.localParticipant.name).toBe('Аnа (2)')
})

it('leaves the tabs of one person alone', async () => {
  const place = await openCallPlace()
  const browser = createBrowser()
  const tab = () => ({ ...browser, ...(({ tokens }) => tokens && { tokens })(createBrowser()) })
  const first = await place.arrive('Ana', { browser: tab() })
  await place.arrive('Ana', { browser: tab() })
  await vi.waitFor(() => expect(namesSeenBy(first)).toEqual(['Ana', 'Ana']))
})

it('tells people who wait apart from those in the call', async () => {
  const place = await openCallPlace({ policy: { waitingRoom: 'everyone' } })
  const hal = await place.arrive('Hal', { role: 'host' })
  await place.approach('Hal').waiting
  const { lobby } = hal.room.features
  await vi.waitFor(() => expect(lobby.state.get().waiting.map(({ name }) => name)).toEqual(['Hal (2)']))
  const [waiting] = lobby.state.get().waiting
  await lobby.admit(waiting ? [waiting.id] : [])
  await vi.waitFor(() => expect(namesSeenBy(hal)).toEqual(['Hal', 'Hal (2)']))
})
