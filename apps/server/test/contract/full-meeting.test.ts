import { expect, it } from 'vitest'
import { openCallPlace } from './call-place.ts'

const NETWORK = '203.0.113.7'

it('bounds the people from one network, and lets the host in from there', async () => {
  const place = await openCallPlace({ limits: { seatsPerNetwork: 3 } })
  for (const name of ['Ana', 'Ben', 'Cy']) await place.arrive(name, { address: NETWORK })
  await expect(place.arrive('Di', { address: NETWORK })).rejects.toMatchObject({
    reason: 'too_many_from_network',
  })
  await place.arrive('Eve', { address: '198.51.100.1' })
  const hal = await place.arrive('Hal', { role: 'host', address: NETWORK })
  const pia = await place.arrive('Pia', { role: 'presenter', address: NETWORK })
  expect([hal, pia].map(({ room }) => room.state.get().status)).toEqual(['connected', 'connected'])
})

it('frees the seat of a network when somebody leaves', async () => {
  const place = await openCallPlace({ limits: { seatsPerNetworkTotal: 1 } })
  const ana = await place.arrive('Ana', { address: NETWORK })
  await expect(place.arrive('Ben', { address: NETWORK })).rejects.toMatchObject({
    reason: 'too_many_from_network',
  })
  await ana.room.leave()
  const ben = await place.arrive('Ben', { address: NETWORK })
  expect(ben.room.state.get().status).toBe('connected')
})

it('keeps seats for invited people and the host when strangers come in numbers', async () => {
  const place = await openCallPlace({ limits: { maxParticipants: 10 } })
  for (let n = 0; n < 9; n += 1) await place.arrive(`Guest ${n}`)
  await expect(place.arrive('Ana')).rejects.toMatchObject({ reason: 'room_full' })
  await place.arrive('Pia', { role: 'presenter' })
  await expect(place.arrive('Ben', { role: 'presenter' })).rejects.toMatchObject({ reason: 'room_full' })
  const hal = await place.arrive('Hal', { role: 'host' })
  expect(hal.room.state.get().status).toBe('connected')
})
