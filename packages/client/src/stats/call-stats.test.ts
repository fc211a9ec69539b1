import type { TrackSource } from '@video-meet/protocol'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { buildJoinReply, buildParticipant } from '../testing/fake-server.ts'
import { type FakeSession, createFakeSession } from '../testing/fake-session.ts'
import { FakeTrack } from '../testing/fake-track.ts'
import { CallStats } from './call-stats.ts'
import type { StatsEntry } from './stats-entry.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

type Grown = Partial<StatsEntry>

/** A sender or receiver whose counters grow by the same with each look, which is every other second. */
class Growing {
  readonly track = new FakeTrack('audio')
  grows: Grown
  hangs = false
  looks = 0
  readonly #entry: Record<string, unknown>

  constructor(type: string, grows: Grown) {
    this.grows = grows
    this.#entry = { id: type, type, timestamp: 0, ssrc: 1 }
  }

  getStats(): Promise<RTCStatsReport> {
    this.looks += 1
    if (this.hangs) return new Promise(() => {})
    this.#entry['timestamp'] = Date.now()
    for (const [name, value] of Object.entries(this.grows))
      this.#entry[name] = Number(this.#entry[name] ?? 0) + Number(value)
    const pair = { id: 'pair', type: 'candidate-pair', selected: true, currentRoundTripTime: 0.05 }
    return Promise.resolve(
      new Map<string, unknown>([
        ['own', { ...this.#entry }],
        ['pair', pair],
      ]),
    )
  }
}

const FLOWING: Grown = { packetsReceived: 100, bytesReceived: 10_000 }
const LOSING: Grown = { packetsReceived: 80, packetsLost: 20, bytesReceived: 8000 }

async function setUp(
  tracks: { source: TrackSource; muted: boolean }[] = [{ source: 'microphone', muted: false }],
) {
  const fake = createFakeSession()
  const ana = buildParticipant({ tracks })
  fake.server.joinReply = buildJoinReply({ others: [ana] })
  const joining = fake.join()
  await vi.advanceTimersByTimeAsync(50)
  const room = await joining
  const voice = new Growing('inbound-rtp', FLOWING)
  receive(fake, `${ana.id}/microphone`, voice)
  const stats = new CallStats(room)
  const qualityOf = () => stats.sample.get()?.people[0]?.quality
  const pass = (samples: number) => vi.advanceTimersByTimeAsync(samples * 2000)
  return { fake, ana, room, voice, stats, qualityOf, pass }
}

function receive({ topology }: FakeSession, key: string, from: Growing): void {
  topology.receivers.set(key, { way: 'sfu', receiver: from as unknown as RTCRtpReceiver })
}

test('what arrives of somebody is measured every other second', async () => {
  const { stats, ana, pass } = await setUp()
  await pass(1)
  expect(stats.sample.get()?.people).toMatchObject([
    {
      id: ana.id,
      arriving: [
        {
          source: 'microphone',
          way: 'sfu',
          path: { rttMs: 50, relayed: false },
          stats: { bitrateBps: 40_000, lossShare: 0, flowing: true },
        },
      ],
      quality: { level: 'good', problem: null, advice: null },
    },
  ])
})

test('what is muted is not looked at', async () => {
  const { stats, voice, pass } = await setUp([{ source: 'microphone', muted: true }])
  await pass(3)
  expect(stats.sample.get()?.people[0]?.arriving).toEqual([])
  expect(voice.looks).toBe(0)
})

test('loss shows after two samples and goes after five without', async () => {
  const { voice, qualityOf, pass } = await setUp()
  await pass(2)
  voice.grows = LOSING
  await pass(1)
  expect(qualityOf()?.level).toBe('good')
  await pass(1)
  expect(qualityOf()).toEqual({ level: 'poor', problem: 'loss', advice: 'theirs' })
  voice.grows = FLOWING
  await pass(4)
  expect(qualityOf()?.level).toBe('poor')
  await pass(1)
  expect(qualityOf()?.level).toBe('good')
})

test('a microphone that is on and sends nothing is lost', async () => {
  const { voice, qualityOf, pass } = await setUp()
  await pass(2)
  voice.grows = {}
  await pass(2)
  expect(qualityOf()).toMatchObject({ level: 'lost', problem: 'silence' })
})

test('who has lost the line shows at once, and begins anew when back', async () => {
  const { fake, ana, voice, qualityOf, pass } = await setUp()
  voice.grows = LOSING
  await pass(3)
  fake.server.notify('room.participantChanged', { id: ana.id, connection: 'reconnecting' })
  await pass(1)
  expect(qualityOf()).toEqual({ level: 'lost', problem: 'away', advice: 'wait' })
  voice.grows = FLOWING
  fake.server.notify('room.participantChanged', { id: ana.id, connection: 'connected' })
  await pass(1)
  expect(qualityOf()?.level).toBe('good')
})

test('what this browser sends is measured, and advised on', async () => {
  const { fake, room, stats, pass } = await setUp()
  await room.localParticipant.setCameraOff(false)
  const sender = new Growing('outbound-rtp', { bytesSent: 100_000 })
  const sending = { way: 'sfu' as const, source: 'camera' as const, to: null }
  fake.topology.sending.push({ ...sending, sender: sender as unknown as RTCRtpSender })
  await pass(2)
  expect(stats.sample.get()?.leaving).toMatchObject([{ ...sending, stats: { bitrateBps: 400_000 } }])
  expect(stats.sample.get()?.own).toEqual({ level: 'good', problem: null, advice: null })
  fake.server.channel.drop()
  fake.server.channel.reachable = false
  await pass(1)
  expect(stats.sample.get()?.own).toEqual({ level: 'lost', problem: 'away', advice: 'wait' })
})

test('a browser that does not answer is not asked again until it gave up', async () => {
  const { voice, stats, pass } = await setUp()
  await pass(1)
  voice.hangs = true
  const before = voice.looks
  await pass(1)
  expect(voice.looks).toBe(before + 1)
  await pass(1)
  expect(voice.looks).toBe(before + 2)
  expect(stats.sample.get()?.people[0]?.arriving[0]?.stats).toBeNull()
})

test('nothing is measured any more when it is closed', async () => {
  const { voice, stats, pass } = await setUp()
  await pass(1)
  stats.close()
  const before = voice.looks
  await pass(5)
  expect(voice.looks).toBe(before)
})
