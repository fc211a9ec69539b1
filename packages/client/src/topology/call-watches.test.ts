import { type ParticipantId, type TopologyMode, ParticipantId as Id } from '@video-meet/protocol'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { silentLogger } from '../core/logger.ts'
import type { SendRequest } from '../signaling/signaling-client.ts'
import { CallWatches } from './call-watches.ts'
import { ReceivedMedia } from './received-media.ts'
import type { SendingEnd } from './topology.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const people = [1, 2].map(() => Id.parse(crypto.randomUUID()))
const STRAINED_MS = 16_000

function senderTo(to: ParticipantId | null): SendingEnd {
  const report = new Map([['out', { type: 'outbound-rtp', qualityLimitationReason: 'cpu' }]])
  const sender = { getStats: () => Promise.resolve(report) } as unknown as RTCRtpSender
  return { way: to ? 'links' : 'sfu', source: 'camera', to, sender }
}

/** A call in which everything that is sent is too much, and of what is expected nothing comes. */
function open(mode: TopologyMode, senders: readonly SendingEnd[]) {
  const told: string[] = []
  const silences: string[] = []
  const received = new ReceivedMedia()
  const [ana] = people
  if (ana) for (const source of ['microphone', 'screen'] as const) received.of(ana, source)
  const asked = new Set<string>()
  const call = { mode, senders }
  const sent = { bytes: 0 }
  const request = async () => ({ receiveTransport: { bytesSent: (sent.bytes += 100_000) } })
  const watches = new CallWatches({
    request: request as unknown as SendRequest,
    session: () => undefined,
    log: silentLogger,
    mode: () => call.mode,
    expected: () => received.all,
    receiver: (_, source) => {
      asked.add(source)
      const receiver = { getStats: () => Promise.resolve(new Map()) } as unknown as RTCRtpReceiver
      return { way: call.mode === 'sfu' ? 'sfu' : 'links', receiver }
    },
    senders: () => call.senders,
    onSilent: () => silences.push(call.mode),
    onBack: () => silences.push('back'),
    onStalled: (times) => told.push(`stalled ${times}`),
    onLinksStalled: () => told.push('links stalled'),
    onLinksLost: () => told.push('links lost'),
    onTooManyLinks: () => told.push('too many links'),
    onStrain: (steps) => told.push(`strain ${steps}`),
  })
  return { told, silences, asked, watches, call }
}

it('asks for the server when sending to each of several is too much', async () => {
  const { told, call } = open('mesh', people.map(senderTo))
  await vi.advanceTimersByTimeAsync(STRAINED_MS)
  expect(told.filter((words) => !/stalled|lost/.test(words))).toEqual(['too many links'])
  call.mode = 'sfu'
  call.senders = [senderTo(null)]
  await vi.advanceTimersByTimeAsync(STRAINED_MS)
  expect(told.filter((words) => !/stalled|lost/.test(words))).toEqual(['too many links', 'strain 1'])
})

it.each([
  ['direct', people.slice(0, 1)],
  ['sfu', [null]],
] as const)('makes the picture smaller in two steps when it goes out once: %s', async (mode, to) => {
  const { told } = open(mode, to.map(senderTo))
  await vi.advanceTimersByTimeAsync(5 * STRAINED_MS)
  expect(told.filter((words) => !/stalled|lost/.test(words))).toEqual(['strain 1', 'strain 2'])
})

it('mends links at once and gives them up soon, but what the server sends patiently, and waits for no screens that may stand still', async () => {
  const { told, silences, asked, call } = open('direct', [])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(told).toEqual(['links stalled', 'links lost'])
  expect(silences).toEqual(['direct'])
  told.length = 0
  call.mode = 'sfu'
  await vi.advanceTimersByTimeAsync(6000)
  expect(told).toEqual(['stalled 1'])
  expect([...asked]).toEqual(['microphone'])
})

it('gives up no links that the server has taken the place of meanwhile', async () => {
  const { told, call, watches } = open('direct', [])
  await vi.advanceTimersByTimeAsync(6000)
  expect(told).toEqual(['links stalled'])
  call.mode = 'sfu'
  await vi.advanceTimersByTimeAsync(2500)
  expect(told).not.toContain('links lost')
  watches.close()
})

it('looks no more when it is closed', async () => {
  const { told, watches } = open('sfu', [senderTo(null)])
  watches.close()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(told).toEqual([])
})
