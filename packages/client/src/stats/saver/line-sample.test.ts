import { ParticipantId, type TrackSource } from '@video-meet/protocol'
import { expect, it } from 'vitest'
import type { ArrivingTrack, CallSample, LeavingTrack } from '../call-sample.ts'
import { lineOf } from './line-sample.ts'

const GOOD = { level: 'good', problem: null, advice: null } as const
const path = (rttMs: number | null, availableBps: number | null = null) => ({
  relayed: false,
  protocol: 'udp' as const,
  rttMs,
  availableBps,
})

function arriving(
  source: TrackSource,
  what: Partial<NonNullable<ArrivingTrack['stats']>> = {},
): ArrivingTrack {
  const stats = {
    bitrateBps: 100_000,
    lossShare: 0,
    jitterMs: 5,
    width: null,
    height: null,
    fps: null,
    codec: null,
    frozenShare: 0,
    concealedShare: 0,
    flowing: true,
    ...what,
  }
  return { source, way: 'sfu', path: path(50), stats }
}

function leaving(
  source: TrackSource,
  what: Partial<NonNullable<LeavingTrack['stats']>> = {},
  rest: Partial<LeavingTrack> = {},
): LeavingTrack {
  const stats = {
    bitrateBps: 100_000,
    fps: null,
    width: null,
    height: null,
    codec: null,
    layers: 1,
    targetBps: null,
    limitation: 'none' as const,
    lossShare: 0,
    rttMs: 50,
    jitterMs: 5,
    ...what,
  }
  return { source, way: 'sfu', to: null, path: path(50), stats, ...rest }
}

const person = (...tracks: ArrivingTrack[]) => ({
  id: ParticipantId.parse(crypto.randomUUID()),
  arriving: tracks,
  quality: GOOD,
})

function line(what: Partial<CallSample>) {
  return lineOf({ at: 7, people: [], leaving: [], own: GOOD, ...what }, true)
}

it('knows nothing of a call in which nothing flows', () => {
  expect(line({})).toEqual({
    at: 7,
    isConnected: true,
    hasPictures: false,
    lossShare: null,
    rttMs: null,
    sendableBps: null,
    receivableBps: null,
  })
})

it('sees pictures on their way in or out, but none that are held back', () => {
  expect(
    line({ leaving: [leaving('microphone')], people: [person(arriving('microphone'))] }).hasPictures,
  ).toBe(false)
  expect(line({ people: [person({ ...arriving('camera'), stats: null })] }).hasPictures).toBe(false)
  expect(line({ leaving: [leaving('camera', { bitrateBps: 0 })] }).hasPictures).toBe(false)
  expect(line({ people: [person(arriving('screen'))] }).hasPictures).toBe(true)
  expect(line({ leaving: [leaving('camera')] }).hasPictures).toBe(true)
})

it('takes what is lost of what it sends, and of what everyone sends to it, for its own', () => {
  expect(line({ leaving: [leaving('camera', { lossShare: 0.2 })] }).lossShare).toBe(0.2)
  const [bad, good] = [person(arriving('camera', { lossShare: 0.3 })), person(arriving('camera'))]
  expect(line({ people: [bad] }).lossShare).toBe(0.3)
  expect(line({ people: [bad, good] }).lossShare).toBe(0)
  const less = person(arriving('camera', { lossShare: 0.16 }))
  expect(line({ people: [bad, less] }).lossShare).toBeCloseTo(0.23)
})

it('counts the loss of much more than that of little', () => {
  const voice = leaving('microphone', { lossShare: 0.5, bitrateBps: 10_000 })
  const face = leaving('camera', { lossShare: 0, bitrateBps: 990_000 })
  expect(line({ leaving: [voice, face] }).lossShare).toBeCloseTo(0.005)
})

it('over links, what only one of them suffers is no fault of its own', () => {
  const [ana, ben] = [person(arriving('camera')).id, person(arriving('camera')).id]
  const bad = { lossShare: 0.4, limitation: 'bandwidth' } as const
  const toAna = leaving('camera', bad, { way: 'links', to: ana, path: path(900, 90_000) })
  const toBen = leaving('camera', {}, { way: 'links', to: ben, path: path(60, 900_000) })
  expect(line({ leaving: [toAna, toBen] })).toMatchObject({ lossShare: 0, rttMs: 60, sendableBps: null })
  expect(line({ leaving: [toAna] })).toMatchObject({ lossShare: 0.4, rttMs: 900, sendableBps: 90_000 })
})

it('knows what can be sent only while the network holds pictures back', () => {
  const narrow = path(50, 120_000)
  const held = leaving('camera', { limitation: 'bandwidth' }, { path: narrow })
  expect(line({ leaving: [held] }).sendableBps).toBe(120_000)
  expect(line({ leaving: [leaving('camera', {}, { path: narrow })] }).sendableBps).toBeNull()
  expect(line({ leaving: [leaving('microphone', {}, { path: narrow })] }).sendableBps).toBeNull()
})

it('knows what can be received only while most pictures stand still or voices break off', () => {
  const still = () => person(arriving('camera', { frozenShare: 0.3, bitrateBps: 40_000 }))
  const gaps = () =>
    person(arriving('microphone', { concealedShare: 0.2, bitrateBps: 20_000 }), arriving('camera'))
  const fine = () => person(arriving('camera'))
  expect(line({ people: [still(), still(), fine()] }).receivableBps).toBe(180_000)
  expect(line({ people: [gaps()] }).receivableBps).toBe(120_000)
  expect(line({ people: [still(), fine()] }).receivableBps).toBeNull()
  const leftOut = person(
    arriving('microphone', { bitrateBps: 30_000 }),
    arriving('camera', { bitrateBps: 0, flowing: false }),
  )
  expect(line({ people: [leftOut] }).receivableBps).toBe(30_000)
  expect(line({ people: [person(arriving('screen', { flowing: false }))] }).receivableBps).toBeNull()
  expect(line({ people: [person(arriving('microphone', { concealedShare: 0.9 }))] }).receivableBps).toBeNull()
})
