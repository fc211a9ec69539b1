import { afterEach, expect, it } from 'vitest'
import type { Room } from './room.ts'
import { createFakeSession } from './testing/fake-session.ts'

let room: Room | undefined
afterEach(() => room?.leave())

it.each([
  ['says what the browser can', undefined, true],
  ['keeps to the server whoever wants no direct connection', false, false],
])('%s', async (_, direct, canLink) => {
  const fake = createFakeSession()
  fake.engine.client = { canLink: true, isPhone: true }
  room = await fake.join(direct === undefined ? {} : { direct })
  expect(fake.server.inputsOf('room.join')).toMatchObject([{ client: { canLink, isPhone: true } }])
})
