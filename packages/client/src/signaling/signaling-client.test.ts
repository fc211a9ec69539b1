import { CHAT_MESSAGE_MAX_LENGTH, type ChatMessage } from '@video-meet/protocol'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SignalingError } from '../errors.ts'
import { type ArrivedRequest, FakeChannel } from '../testing/fake-channel.ts'
import { SignalingClient } from './signaling-client.ts'

let channel: FakeChannel
let client: SignalingClient
let arrived: ArrivedRequest[]
let warnings: string[]

const message: ChatMessage = {
  id: '1b4e28ba-2fa1-41d2-883f-0016d3cca427',
  participantId: '6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b' as ChatMessage['participantId'],
  name: 'Ana',
  text: 'Hello',
  sentAt: '2026-01-01T10:00:00.000Z',
}

async function connect(): Promise<void> {
  channel.connect(1000)
  await vi.advanceTimersByTimeAsync(0)
}

async function connectAndSit(): Promise<void> {
  await connect()
  client.openGate()
}

/** Attaches a handler now, so that a rejection that comes while time passes is not unhandled. */
function outcomeOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.catch((error: unknown) => error)
}

beforeEach(() => {
  vi.useFakeTimers()
  channel = new FakeChannel()
  arrived = []
  warnings = []
  channel.server.on('request', (request) => arrived.push(request))
  client = new SignalingClient({
    channel,
    log: { debug() {}, info() {}, error() {}, warn: (text) => void warnings.push(text) },
  })
})
afterEach(() => {
  client.close()
  vi.useRealTimers()
})

describe('a request', () => {
  it('resolves to the reply, checked and stripped of what the contract does not know', async () => {
    await connectAndSit()
    const reply = client.request('chat.send', { text: 'Hello' })
    await vi.advanceTimersByTimeAsync(0)
    arrived[0]?.reply({ ok: true, data: { ...message, secret: 'not in the contract' } })
    await expect(reply).resolves.toEqual(message)
  })

  it('rejects with the code of a refusal', async () => {
    await connectAndSit()
    const reply = outcomeOf(client.request('chat.send', { text: 'Hello' }))
    await vi.advanceTimersByTimeAsync(0)
    arrived[0]?.reply({ ok: false, error: { code: 'rate_limited', message: 'Slow down.' } })
    expect(await reply).toEqual(new SignalingError('rate_limited', 'Slow down.'))
  })

  it('rejects a reply that breaks the contract', async () => {
    await connectAndSit()
    const reply = outcomeOf(client.request('chat.send', { text: 'Hello' }))
    await vi.advanceTimersByTimeAsync(0)
    arrived[0]?.reply({ ok: true, data: { text: 'Hello' } })
    expect(await reply).toMatchObject({ code: 'malformed' })
  })

  it('is repeated under the same id when no reply comes within 5 s', async () => {
    await connectAndSit()
    const reply = client.request('chat.send', { text: 'Hello' })
    await vi.advanceTimersByTimeAsync(4999)
    expect(channel.sent).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(channel.sent.map(({ id }) => id)).toEqual([channel.sent[0]?.id, channel.sent[0]?.id])
    arrived[1]?.reply({ ok: true, data: message })
    await expect(reply).resolves.toEqual(message)
  })

  it('waits without a seat, and is sent once there is one', async () => {
    const reply = client.request('chat.send', { text: 'Hello' })
    await connect()
    await vi.advanceTimersByTimeAsync(6000)
    expect(channel.sent).toEqual([])
    client.openGate()
    await vi.advanceTimersByTimeAsync(0)
    arrived[0]?.reply({ ok: true, data: message })
    await expect(reply).resolves.toEqual(message)
  })

  it('is sent again under the same id when the connection drops before the reply and the seat is taken again', async () => {
    await connectAndSit()
    const reply = client.request('chat.send', { text: 'Hello' })
    await vi.advanceTimersByTimeAsync(0)
    channel.drop()
    await connect()
    expect(channel.sent).toHaveLength(1)
    client.openGate()
    await vi.advanceTimersByTimeAsync(0)
    expect(channel.sent[1]).toEqual(channel.sent[0])
    arrived[1]?.reply({ ok: true, data: message })
    await expect(reply).resolves.toEqual(message)
  })

  it('gives up 15 s after the call, however often it was sent', async () => {
    await connectAndSit()
    const reply = outcomeOf(client.request('chat.send', { text: 'Hello' }))
    await vi.advanceTimersByTimeAsync(15_000)
    expect(await reply).toMatchObject({ code: 'timeout' })
    expect(channel.sent).toHaveLength(3)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('ignores a second reply', async () => {
    await connectAndSit()
    const reply = client.request('chat.send', { text: 'Hello' })
    await vi.advanceTimersByTimeAsync(5000)
    arrived[0]?.reply({ ok: true, data: message })
    arrived[1]?.reply({ ok: false, error: { code: 'internal', message: '' } })
    await expect(reply).resolves.toEqual(message)
  })

  it('is refused here when it is larger than the server accepts', async () => {
    await connectAndSit()
    const text = '€'.repeat(25_000)
    expect(text.length).toBeGreaterThan(CHAT_MESSAGE_MAX_LENGTH)
    await expect(client.request('chat.send', { text })).rejects.toMatchObject({ code: 'payload_too_large' })
    expect(channel.sent).toEqual([])
  })

  it('rejects when the client is closed, before and after the call', async () => {
    const reply = outcomeOf(client.request('chat.send', { text: 'Hello' }))
    client.close()
    expect(await reply).toMatchObject({ code: 'closed' })
    await expect(client.request('chat.send', { text: 'Hello' })).rejects.toMatchObject({ code: 'closed' })
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('a request for one connection', () => {
  it('rejects when the connection drops, and is not sent again', async () => {
    await connectAndSit()
    const reply = outcomeOf(client.request('sfu.getStats', {}, { oneConnection: true }))
    await vi.advanceTimersByTimeAsync(0)
    channel.drop()
    expect(await reply).toMatchObject({ code: 'disconnected' })
    await connectAndSit()
    expect(channel.sent).toHaveLength(1)
  })

  it('rejects at once without a seat', async () => {
    await connect()
    await expect(client.request('sfu.getStats', {}, { oneConnection: true })).rejects.toMatchObject({
      code: 'disconnected',
    })
  })

  it('drops a connection that stays silent for longer than it suspects', async () => {
    await connectAndSit()
    channel.silent = true
    const reply = outcomeOf(client.request('sfu.getStats', {}, { oneConnection: true, suspectAfterMs: 3000 }))
    await vi.advanceTimersByTimeAsync(3000)
    expect(channel.isOpen).toBe(false)
    expect(await reply).toMatchObject({ code: 'disconnected' })
  })

  it('keeps a connection that answers when it is doubted, and drops one that does not', async () => {
    await connectAndSit()
    client.doubt()
    client.doubt()
    await vi.advanceTimersByTimeAsync(0)
    expect(arrived.map(({ name }) => name)).toEqual(['room.check'])
    arrived[0]?.reply({ ok: true, data: {} })
    await vi.advanceTimersByTimeAsync(5000)
    expect(channel.isOpen).toBe(true)
    channel.silent = true
    client.doubt()
    await vi.advanceTimersByTimeAsync(1000)
    expect(channel.isOpen).toBe(false)
    client.doubt()
  })

  it('passes the gate when it is the one that takes the seat', async () => {
    await connect()
    const reply = client.request('room.leave', { mayReturn: false }, { beforeSeat: true })
    await vi.advanceTimersByTimeAsync(0)
    arrived[0]?.reply({ ok: true, data: {} })
    await expect(reply).resolves.toEqual({})
  })
})

describe('a notification', () => {
  it('reaches those who subscribed to its name', async () => {
    await connectAndSit()
    const listener = vi.fn<(payload: unknown) => void>()
    const undo = client.onNotification('chat.messageSent', listener)
    channel.notify('chat.messageSent', message)
    await vi.advanceTimersByTimeAsync(0)
    undo()
    channel.notify('chat.messageSent', message)
    await vi.advanceTimersByTimeAsync(0)
    expect(listener.mock.calls).toEqual([[message]])
  })

  it('is dropped and logged when it breaks the contract or has an unknown name', async () => {
    await connectAndSit()
    const listener = vi.fn<(payload: unknown) => void>()
    client.onNotification('chat.messageSent', listener)
    channel.notify('chat.messageSent', { text: 'no id' })
    channel.notify('constructor', {})
    channel.notify('chat.unheardOf', {})
    await vi.advanceTimersByTimeAsync(0)
    expect(listener).not.toHaveBeenCalled()
    expect(warnings).toEqual([
      'malformed notification dropped',
      'unknown notification dropped',
      'unknown notification dropped',
    ])
  })

  it('waits for the snapshot that it builds on', async () => {
    await connect()
    const listener = vi.fn<(payload: unknown) => void>()
    client.onNotification('chat.messageSent', listener)
    channel.notify('chat.messageSent', message)
    await vi.advanceTimersByTimeAsync(0)
    expect(listener).not.toHaveBeenCalled()
    client.openGate()
    expect(listener).toHaveBeenCalledOnce()
  })

  it('is forgotten when the connection drops before that', async () => {
    await connect()
    const listener = vi.fn<(payload: unknown) => void>()
    client.onNotification('chat.messageSent', listener)
    channel.notify('chat.messageSent', message)
    await vi.advanceTimersByTimeAsync(0)
    channel.drop()
    await connectAndSit()
    expect(listener).not.toHaveBeenCalled()
  })

  it('that ends the stay does not wait', async () => {
    await connect()
    const listener = vi.fn<(payload: unknown) => void>()
    client.onNotification('room.ended', listener)
    channel.notify('room.ended', { reason: 'replaced' })
    await vi.advanceTimersByTimeAsync(0)
    expect(listener).toHaveBeenCalledWith({ reason: 'replaced' })
  })
})
