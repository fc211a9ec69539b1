import { randomUUID } from 'node:crypto'
import { DEFAULT_POLICY, MeetingId } from '@video-meet/protocol'
import { expect, it, vi } from 'vitest'
import { CallState, type StoredCall } from '../../room/call-state.ts'
import { Calls } from './calls.ts'

const MINUTE_MS = 60_000
const meeting = { id: MeetingId.parse(randomUUID()), policy: DEFAULT_POLICY }
const STORED: StoredCall = {
  since: '2026-03-04T05:00:00.000Z',
  settings: { locked: true },
  people: { 'guest:1': { removed: true } },
}

/** Calls of a process that began some minutes ago, after one that left `STORED` behind. */
function openCalls(minutesAgo: number, live?: CallState) {
  let now = new Date('2026-03-04T05:06:07.089Z')
  const find = vi.fn<() => Promise<StoredCall>>().mockResolvedValue(STORED)
  const save = vi.fn<() => Promise<void>>()
  const remove = vi.fn<() => Promise<void>>()
  const calls = new Calls({ store: { find, save, remove }, live: () => live, now: () => now })
  now = new Date(now.getTime() + minutesAgo * MINUTE_MS)
  return { calls, find, save, remove, now }
}

it('goes by the call that is on, not by what is stored of it', async () => {
  const live = new CallState(DEFAULT_POLICY, null)
  const { calls, find } = openCalls(0, live)
  const call = await calls.of(meeting)
  live.decide('guest:1', { name: 'Bo' })
  expect(call.settings.locked).toBe(false)
  expect(call.standingOf('guest:1')).toEqual({ name: 'Bo' })
  expect([call.since, call.stored]).toEqual([live.since, null])
  expect(find).not.toHaveBeenCalled()
})

it('goes on with what the process before left behind, soon after a restart', async () => {
  const call = await openCalls(9.9).calls.of(meeting)
  expect(call.settings.locked).toBe(true)
  expect(call.standingOf('guest:1')).toEqual({ removed: true })
  expect(call.since).toEqual(new Date(STORED.since))
  expect(call.stored).toEqual(STORED)
})

it('begins a new call when nobody came back to the one before', async () => {
  const { calls } = openCalls(10)
  const call = await calls.of(meeting)
  expect([call.settings.locked, call.standingOf('guest:1'), call.stored]).toEqual([false, {}, null])
})

it('keeps what changes, and forgets what is over', async () => {
  const { calls, save, remove, now } = openCalls(1)
  await calls.changed(meeting.id, STORED)
  await calls.over(meeting.id)
  expect(save.mock.calls).toEqual([[meeting.id, STORED, now]])
  expect(remove.mock.calls).toEqual([[meeting.id]])
})
