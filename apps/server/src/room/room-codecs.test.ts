import type { CodecState, VideoCodec } from '@video-meet/protocol'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { RoomCodecs } from './room-codecs.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const ALL: VideoCodec[] = ['vp8', 'vp9', 'h264', 'av1']
const CALM_MS = 10_000

function openRoom() {
  const people: { videoCodecs: VideoCodec[] }[] = []
  const told: CodecState[] = []
  const codecs = new RoomCodecs({
    peers: () => people,
    preferred: 'av1',
    onChanged: (state) => told.push(state),
  })
  const arrive = (...videoCodecs: VideoCodec[]) => {
    people.push({ videoCodecs })
    codecs.look()
  }
  const leave = (index: number) => {
    people.splice(index, 1)
    codecs.look()
  }
  return { codecs, told, arrive, leave, shared: () => codecs.state.shared }
}

it('is what the first one can receive', () => {
  const { codecs, arrive } = openRoom()
  expect(codecs.state).toEqual({ shared: ['vp8'], preferred: 'av1' })
  arrive(...ALL)
  expect(codecs.state).toEqual({ shared: ALL, preferred: 'av1' })
})

it('leaves out at once what somebody who comes cannot receive', () => {
  const { arrive, told, shared } = openRoom()
  arrive(...ALL)
  arrive('vp8', 'vp9')
  expect(shared()).toEqual(['vp8', 'vp9'])
  expect(told).toHaveLength(2)
  arrive('vp8', 'vp9', 'av1')
  expect(told).toHaveLength(2)
})

it('takes back in after a while what all who are left can receive', () => {
  const { arrive, leave, told, shared } = openRoom()
  arrive(...ALL)
  arrive('vp8')
  leave(1)
  expect(shared()).toEqual(['vp8'])
  vi.advanceTimersByTime(CALM_MS - 1)
  expect(shared()).toEqual(['vp8'])
  vi.advanceTimersByTime(1)
  expect(shared()).toEqual(ALL)
  expect(told.at(-1)?.shared).toEqual(ALL)
})

it('waits anew when somebody came meanwhile who cannot receive it either', () => {
  const { arrive, leave, shared } = openRoom()
  arrive(...ALL)
  arrive('vp8')
  leave(1)
  vi.advanceTimersByTime(CALM_MS - 1)
  arrive('vp8')
  vi.advanceTimersByTime(CALM_MS)
  expect(shared()).toEqual(['vp8'])
  leave(1)
  vi.advanceTimersByTime(CALM_MS - 1)
  expect(shared()).toEqual(['vp8'])
  vi.advanceTimersByTime(1)
  expect(shared()).toEqual(ALL)
})

it('counts VP8 even for a client that forgot to name it', () => {
  const { arrive, shared } = openRoom()
  arrive('h264')
  expect(shared()).toEqual(['vp8', 'h264'])
})

it('begins anew in a room that was empty', () => {
  const { arrive, leave, shared } = openRoom()
  arrive('vp8')
  leave(0)
  arrive(...ALL)
  expect(shared()).toEqual(ALL)
})

it('tells nothing after it was closed', () => {
  const { arrive, leave, told, codecs } = openRoom()
  arrive(...ALL)
  arrive('vp8')
  leave(1)
  codecs.close()
  vi.advanceTimersByTime(CALM_MS)
  expect(told).toHaveLength(2)
})
