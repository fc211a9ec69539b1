import type { ChatMessage } from '@video-meet/protocol'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Room } from '../room.ts'
import { FakeRefusal, buildFeatures, buildJoinReply } from '../testing/fake-server.ts'
import { type FakeSession, createFakeSession } from '../testing/fake-session.ts'

let fake: FakeSession
let room: Room

function buildMessage(text: string): ChatMessage {
  return {
    id: crypto.randomUUID(),
    participantId: fake.server.joinReply.participantId,
    name: 'Ana',
    text,
    sentAt: '2026-01-01T10:00:00.000Z',
  }
}

function texts(): string[] {
  return room.features.chat.state.get().messages.map(({ text }) => text)
}

beforeEach(async () => {
  fake = createFakeSession()
  fake.server.joinReply = buildJoinReply({
    snapshot: { features: buildFeatures({ chat: { messages: [buildMessage('before')] } }) },
  })
  room = await fake.join()
})

describe('chat', () => {
  it('begins with what was written before', () => {
    expect(texts()).toEqual(['before'])
  })

  it('keeps what was written when a server that was started anew does not know of it', async () => {
    const [old] = room.features.chat.state.get().messages
    const after = { ...buildMessage('after'), sentAt: '2026-01-01T10:05:00.000Z' }
    fake.server.joinReply = buildJoinReply({
      snapshot: { features: buildFeatures({ chat: { messages: [after] } }) },
    })
    fake.server.channel.drop()
    await vi.waitFor(() => expect(texts()).toEqual(['before', 'after']))
    fake.server.joinReply = buildJoinReply({
      snapshot: { features: buildFeatures({ chat: { messages: old ? [old, after] : [] } }) },
    })
    fake.server.channel.drop()
    await vi.waitFor(() => expect(fake.server.inputsOf('room.join')).toHaveLength(3))
    await vi.waitFor(() => expect(room.state.get().status).toBe('connected'))
    expect(texts()).toEqual(['before', 'after'])
  })

  it('shows and tells what others write', async () => {
    const received = vi.fn<(message: ChatMessage) => void>()
    room.features.chat.events.on('messageReceived', received)
    const message = buildMessage('Hello')
    fake.server.notify('chat.messageSent', message)
    await vi.waitFor(() => expect(texts()).toEqual(['before', 'Hello']))
    expect(received.mock.calls).toEqual([[message]])
  })

  it('has a message when sending it resolves, once even if it is told of as well', async () => {
    const received = vi.fn<() => void>()
    room.features.chat.events.on('messageReceived', received)
    const message = buildMessage('mine')
    fake.server.answer('chat.send', () => message)
    await expect(room.features.chat.send('mine')).resolves.toEqual(message)
    expect(texts()).toEqual(['before', 'mine'])
    fake.server.notify('chat.messageSent', message)
    fake.server.notify('chat.messageSent', buildMessage('next'))
    await vi.waitFor(() => expect(texts()).toEqual(['before', 'mine', 'next']))
    expect(received).toHaveBeenCalledTimes(1)
  })

  it('rejects what the server refuses', async () => {
    fake.server.answer('chat.send', () => {
      throw new FakeRefusal('rate_limited')
    })
    await expect(room.features.chat.send('again')).rejects.toMatchObject({ code: 'rate_limited' })
    expect(texts()).toEqual(['before'])
  })

  it('follows the snapshot after a reconnect', async () => {
    fake.server.joinReply = {
      ...fake.server.joinReply,
      snapshot: {
        ...fake.server.joinReply.snapshot,
        features: buildFeatures({
          chat: { messages: [...room.features.chat.state.get().messages, buildMessage('while away')] },
        }),
      },
    }
    fake.server.channel.drop()
    await vi.waitFor(() => expect(texts()).toEqual(['before', 'while away']))
  })
})
