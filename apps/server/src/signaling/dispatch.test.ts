import { type Reply, requests } from '@video-meet/protocol'
import { expect, it, vi } from 'vitest'
import { AppError } from '../platform/errors.ts'
import { createLogger } from '../platform/logger.ts'
import { Connection, type MeetingMessages } from './connection.ts'
import { createDispatch, type Handle } from './dispatch.ts'

const log = createLogger({ level: 'silent' })

function door(handle: Handle) {
  const handlers = Object.fromEntries(Object.keys(requests).map((name) => [name, handle])) as Record<
    keyof typeof requests,
    Handle
  >
  const sent: unknown[] = []
  const close = vi.fn<() => void>()
  const connection = new Connection('c', { address: '', send: (name) => sent.push(name), close })
  const dispatch = createDispatch<MeetingMessages>({ requests, handlers, log })
  const ask = (name: unknown, input: unknown, requestId: unknown = crypto.randomUUID()): Promise<Reply> =>
    new Promise((resolve) => {
      void dispatch(connection, { name, input, requestId }, (reply) => {
        sent.push('reply')
        resolve(reply)
      })
    })
  return { ask, connection, sent, close }
}

const message = {
  id: '0f8fad5b-d9cb-469f-a165-70867728950e',
  participantId: '16fd2706-8baf-433b-82eb-8c7fada847da',
  name: 'Ana',
  text: 'hello',
  sentAt: '2026-01-01T00:00:00.000Z',
}

it('passes the parsed input on and lets only the fields of the contract out', async () => {
  const handle = vi.fn<Handle>(() => ({ ...message, secret: 'x' }))
  const { ask, connection } = door(handle)
  expect(await ask('chat.send', { text: 'hello' })).toEqual({ ok: true, data: message })
  expect(handle).toHaveBeenCalledWith(connection, { text: 'hello' })
})

it('refuses an input with an unknown key and says where', async () => {
  const { ask } = door(() => message)
  expect(await ask('chat.send', { text: 'hello', to: 'Ben' })).toMatchObject({
    ok: false,
    error: { code: 'bad_request', details: [{ message: expect.stringContaining('to') as unknown }] },
  })
})

it('answers an AppError with its code and message', async () => {
  const { ask } = door(() => {
    throw new AppError('room_full', 'This meeting is full.')
  })
  expect(await ask('chat.send', { text: 'x' }, 'request-1')).toEqual({
    ok: false,
    error: { code: 'room_full', message: 'This meeting is full.', requestId: 'request-1' },
  })
})

it.each([
  ['throws', () => Promise.reject(new Error('SQL: password'))],
  ['returns what the contract does not allow', () => ({ wrong: true })],
])('says nothing about itself when a handler %s', async (_what, handle) => {
  const { ask } = door(handle)
  const reply = await ask('chat.send', { text: 'x' })
  expect(reply).toMatchObject({ ok: false, error: { code: 'internal' } })
  expect(JSON.stringify(reply)).not.toContain('SQL')
})

it('limits each request by itself and tells when to try again', async () => {
  const { ask } = door(() => ({}))
  const replies = await Promise.all(Array.from({ length: 4 }, () => ask('room.leave', { mayReturn: false })))
  expect(replies.map((reply) => reply.ok)).toEqual([true, true, true, false])
  expect(replies[3]).toMatchObject({ error: { code: 'rate_limited', details: { retryAfterSeconds: 6 } } })
  expect((await ask('track.unpublish', { source: 'camera' })).ok).toBe(true)
})

it('closes a connection that goes on and on', async () => {
  const { ask, close } = door(() => ({}))
  await Promise.all(Array.from({ length: 200 }, () => ask('room.leave', { mayReturn: false })))
  expect(close).toHaveBeenCalledOnce()
})

it('sends the reply to a join before the notifications that the join causes', async () => {
  const { ask, connection, sent } = door(() => {
    connection.notify('room.ended', { reason: 'replaced' })
    throw new AppError('conflict', 'x')
  })
  await ask('room.join', {
    code: 'abcd-efghjk-mnpq',
    name: 'Ana',
    rtpCapabilities: { codecs: [] },
  })
  await vi.waitFor(() => expect(sent).toEqual(['reply', 'room.ended']))
})

it('remembers no reply to an input that is not valid: it can be as long as the input', async () => {
  const { ask, connection } = door(() => message)
  const once = vi.spyOn(connection.replies, 'once')
  expect(await ask('chat.send', { ['x'.repeat(60_000)]: 1 }, 'request-1')).toMatchObject({
    ok: false,
    error: { code: 'bad_request', requestId: 'request-1' },
  })
  expect(once).not.toHaveBeenCalled()
  expect(await ask('chat.send', { text: 'hello' }, 'request-1')).toMatchObject({ ok: true })
})

it('keeps notifications back until every reply that they build on has gone', async () => {
  const joined = Promise.withResolvers<unknown>()
  const { ask, connection, sent } = door(() => joined.promise)
  const join = () =>
    ask('room.join', { code: 'abcd-efghjk-mnpq', name: 'Ana', rtpCapabilities: { codecs: [] } })
  const first = join()
  await ask('room.join', {})
  connection.notify('room.ended', { reason: 'replaced' })
  expect(sent).toEqual(['reply'])
  joined.reject(new AppError('conflict', 'x'))
  await first
  await vi.waitFor(() => expect(sent).toEqual(['reply', 'reply', 'room.ended']))
})

it('sends a new media session before what happens in it', async () => {
  const { ask, connection, sent } = door(() => {
    connection.notify('sfu.consumerClosed', { consumerId: 'c' as never })
    throw new AppError('conflict', 'x')
  })
  await ask('sfu.openSession', { rtpCapabilities: { codecs: [] } })
  await vi.waitFor(() => expect(sent).toEqual(['reply', 'sfu.consumerClosed']))
})
