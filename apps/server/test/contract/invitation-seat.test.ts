import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { openCallPlace } from './call-place.ts'

function invitation() {
  const id = randomUUID()
  return { invitationToken: `as moderator of ${id}`, proof: `proof of ${id}` }
}

it('admits one browser with an invitation, however many come at once', async () => {
  const place = await openCallPlace()
  const { invitationToken } = invitation()
  const arrivals = await Promise.allSettled(
    ['Ana', 'Ben', 'Cy'].map((name) => place.arrive(name, { credentials: { invitationToken } })),
  )
  const reasons = arrivals.flatMap((arrival) => (arrival.status === 'rejected' ? [arrival.reason] : []))
  const inUse = expect.objectContaining({ reason: 'invitation_in_use' }) as unknown
  expect(reasons).toEqual([inUse, inUse])
})

it('lets a browser with a proof take the place of the first', async () => {
  const place = await openCallPlace()
  const { invitationToken, proof } = invitation()
  const first = await place.arrive('Ana', { credentials: { invitationToken } })
  const second = await place.arrive('Ana', { credentials: { invitationToken, invitationProof: proof } })
  await expect.poll(() => first.room.state.get()).toMatchObject({ status: 'ended', reason: 'replaced' })
  expect(second.room.state.get()).toMatchObject({ status: 'connected' })
  await expect(place.arrive('Ana', { credentials: { invitationToken } })).rejects.toMatchObject({
    reason: 'invitation_in_use',
  })
})

it('lets the next browser in once the first has left', async () => {
  const place = await openCallPlace()
  const { invitationToken } = invitation()
  const first = await place.arrive('Ana', { credentials: { invitationToken } })
  await first.room.leave()
  const next = await place.arrive('Ana', { credentials: { invitationToken } })
  expect(next.room.state.get()).toMatchObject({ status: 'connected' })
})
