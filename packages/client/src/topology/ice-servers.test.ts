import type { IceServerList } from '@video-meet/protocol'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { silentLogger } from '../core/logger.ts'
import { SignalingClient } from '../signaling/signaling-client.ts'
import { FakeRefusal, FakeServer } from '../testing/fake-server.ts'
import { IceServers } from './ice-servers.ts'

const MINUTE = 60_000
let server: FakeServer
let signaling: SignalingClient
let iceServers: IceServers
let changes: number

function listOf(username: string): IceServerList {
  return {
    servers: [
      { urls: ['stun:stun.example.org'] },
      { urls: ['turn:turn.example.org'], username, credential: `password of ${username}` },
    ],
    lifetimeSeconds: 3600,
  }
}

const username = () => iceServers.current()[1]?.username
const asked = () => server.inputsOf('ice.getServers').length

beforeEach(async () => {
  vi.useFakeTimers()
  server = new FakeServer()
  signaling = new SignalingClient({ channel: server.channel, log: silentLogger })
  server.channel.connect(1000)
  await vi.advanceTimersByTimeAsync(0)
  signaling.openGate()
  iceServers = new IceServers({ request: signaling.request, log: silentLogger })
  changes = 0
  iceServers.on('changed', () => (changes += 1))
})
afterEach(() => {
  iceServers.close()
  signaling.close()
  vi.useRealTimers()
})

it('gives what the server said, as RTCPeerConnection takes it', () => {
  expect(iceServers.current()).toEqual([])
  iceServers.accept(listOf('first'))
  expect(iceServers.current()).toStrictEqual([
    { urls: ['stun:stun.example.org'] },
    { urls: ['turn:turn.example.org'], username: 'first', credential: 'password of first' },
  ])
  expect(changes).toBe(1)
})

it('gets new credentials when half of their time is over, again and again', async () => {
  server.answer('ice.getServers', () => listOf(`number ${asked()}`))
  iceServers.accept(listOf('first'))
  await vi.advanceTimersByTimeAsync(30 * MINUTE - 1)
  expect(asked()).toBe(0)
  await vi.advanceTimersByTimeAsync(1)
  expect(username()).toBe('number 1')
  await vi.advanceTimersByTimeAsync(30 * MINUTE)
  expect(username()).toBe('number 2')
  expect(changes).toBe(3)
})

it('tells of no change when the server gives the same again', async () => {
  server.answer('ice.getServers', () => listOf('first'))
  iceServers.accept(listOf('first'))
  await vi.advanceTimersByTimeAsync(30 * MINUTE)
  expect(asked()).toBe(1)
  expect(changes).toBe(1)
})

it('never asks when nothing runs out', async () => {
  iceServers.accept({ servers: [{ urls: ['stun:stun.example.org'] }], lifetimeSeconds: null })
  await vi.advanceTimersByTimeAsync(24 * 60 * MINUTE)
  expect(asked()).toBe(0)
})

it('keeps what it has when the server refuses, and asks again a minute later', async () => {
  server.answer('ice.getServers', () => {
    throw new FakeRefusal('rate_limited')
  })
  iceServers.accept(listOf('first'))
  await vi.advanceTimersByTimeAsync(30 * MINUTE)
  expect(username()).toBe('first')
  server.answer('ice.getServers', () => listOf('second'))
  await vi.advanceTimersByTimeAsync(MINUTE)
  expect(username()).toBe('second')
})

it('keeps what came with a reconnect while it was asking', async () => {
  let answer: (list: IceServerList) => void = () => {}
  server.answer('ice.getServers', () => new Promise<IceServerList>((resolve) => (answer = resolve)))
  iceServers.accept(listOf('first'))
  await vi.advanceTimersByTimeAsync(30 * MINUTE)
  iceServers.accept(listOf('with the reconnect'))
  answer(listOf('late'))
  await vi.advanceTimersByTimeAsync(MINUTE)
  expect(username()).toBe('with the reconnect')
  expect(asked()).toBe(1)
})

it('asks nothing after it was closed', async () => {
  iceServers.accept(listOf('first'))
  iceServers.close()
  iceServers.accept(listOf('second'))
  await vi.advanceTimersByTimeAsync(60 * MINUTE)
  expect(asked()).toBe(0)
  expect(changes).toBe(1)
})
