import { MediaSessionId } from '@video-meet/protocol'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { silentLogger } from '../core/logger.ts'
import type { SendRequest } from '../signaling/signaling-client.ts'
import { SentWatch } from './sent-watch.ts'

let perSecond: number
let asked: number
let isOnline: boolean
let session: MediaSessionId
let watch: SentWatch

const newSession = () => MediaSessionId.parse(crypto.randomUUID())

beforeEach(() => {
  vi.useFakeTimers()
  perSecond = 50_000
  asked = 0
  isOnline = true
  session = newSession()
  const begunAt = performance.now()
  const request = async () => {
    asked += 1
    if (!isOnline) throw new Error('no line')
    return { receiveTransport: { bytesSent: (perSecond * (performance.now() - begunAt)) / 1000 } }
  }
  watch = new SentWatch({
    request: request as unknown as SendRequest,
    session: () => session,
    log: silentLogger,
  })
})
afterEach(() => vi.useRealTimers())

it('knows at once when it asked at the beginning of the silence', async () => {
  watch.note()
  await vi.advanceTimersByTimeAsync(3000)
  expect(await watch.isSending()).toBe(true)
  expect(asked).toBe(2)
})

it('looks for a second when it did not', async () => {
  const told = vi.fn<(isSending: boolean) => void>()
  void watch.isSending().then(told)
  await vi.advanceTimersByTimeAsync(999)
  expect(told).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1)
  expect(told).toHaveBeenCalledWith(true)
})

it('takes reports for nothing', async () => {
  perSecond = 300
  watch.note()
  await vi.advanceTimersByTimeAsync(3000)
  expect(await watch.isSending()).toBe(false)
})

it('says no without a line to the server, and of another session', async () => {
  watch.note()
  await vi.advanceTimersByTimeAsync(3000)
  isOnline = false
  expect(await watch.isSending()).toBe(false)
  isOnline = true
  watch.note()
  await vi.advanceTimersByTimeAsync(3000)
  session = newSession()
  expect(await watch.isSending()).toBe(false)
})
