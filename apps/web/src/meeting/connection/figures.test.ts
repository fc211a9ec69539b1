import type { ArrivingTrack, CallSample, LeavingTrack } from '@video-meet/client'
import { ParticipantId } from '@video-meet/protocol'
import { expect, test } from 'vitest'
import { connectionReport } from './connection-report.ts'
import { arrivingFigures, leavingFigures } from './figures.ts'

const ANA = ParticipantId.parse('6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b')
const path = { relayed: false, protocol: 'udp', rttMs: 41.6, availableBps: 2_540_000 } as const

const arriving: ArrivingTrack = {
  source: 'camera',
  way: 'sfu',
  path,
  stats: {
    bitrateBps: 561_400,
    lossShare: 0.014,
    jitterMs: 8.4,
    width: 640,
    height: 360,
    fps: 14.8,
    codec: 'VP8',
    frozenShare: 0,
    concealedShare: 0,
    flowing: true,
  },
}

const leaving: LeavingTrack = {
  source: 'camera',
  way: 'links',
  to: ANA,
  path: { ...path, relayed: true, protocol: 'tls' },
  stats: {
    bitrateBps: 1_240_000,
    width: 1280,
    height: 720,
    fps: 30,
    codec: 'VP8',
    layers: 3,
    targetBps: null,
    limitation: 'cpu',
    lossShare: 0,
    rttMs: 55,
    jitterMs: null,
  },
}

const written = (figures: readonly { name: string; value: string }[]) =>
  Object.fromEntries(figures.map(({ name, value }) => [name, value]))

test('what arrives is told in units that people know', () => {
  expect(written(arrivingFigures(arriving))).toEqual({
    Bitrate: '561 kbit/s',
    Picture: '640×360, 15/s',
    Loss: '1.4 %',
    Jitter: '8 ms',
    Delay: '42 ms',
    Codec: 'VP8',
    Path: 'Server, UDP',
  })
})

test('what is sent is told with what holds it back', () => {
  expect(written(leavingFigures(leaving))).toEqual({
    Bitrate: '1.2 Mbit/s',
    Picture: '1280×720, 30/s',
    Layers: '3',
    Loss: '0 %',
    Delay: '55 ms',
    Codec: 'VP8',
    'Held back by': 'Computer',
    'Room to send': '2.5 Mbit/s',
    Path: 'Direct, relay, TLS',
  })
})

test('what is not known is not made up', () => {
  expect(written(arrivingFigures({ ...arriving, path: null, stats: null }))).toEqual({
    Bitrate: '–',
    Loss: '–',
    Jitter: '–',
    Delay: '–',
    Codec: '–',
    Path: '–',
  })
  const { stats } = leaving
  const firefox = { ...leaving, path: null, stats: stats && { ...stats, layers: 1, limitation: null } }
  expect(Object.keys(written(leavingFigures(firefox)))).not.toContain('Held back by')
})

test('the report has everything, and no address', () => {
  const sample: CallSample = {
    at: Date.UTC(2026, 0, 1, 10),
    leaving: [leaving],
    own: { level: 'fair', problem: 'cpu', advice: 'close_programs' },
    people: [{ id: ANA, arriving: [arriving], quality: { level: 'good', problem: null, advice: null } }],
  }
  expect(connectionReport({ way: 'Directly.', sample, nameOf: () => 'Ana', browser: 'Browser 1' }))
    .toBe(`Video Meet, 2026-01-01T10:00:00.000Z
Browser 1
Directly.

You: Fair (cpu)
  Camera to Ana: bitrate 1.2 Mbit/s; picture 1280×720, 30/s; loss 0 %; delay 55 ms; codec VP8; layers 3; held back by Computer; room to send 2.5 Mbit/s; path Direct, relay, TLS

Ana: Good
  Camera: bitrate 561 kbit/s; picture 640×360, 15/s; loss 1.4 %; jitter 8 ms; delay 42 ms; codec VP8; path Server, UDP`)
})
