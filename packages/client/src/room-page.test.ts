import { beforeEach, expect, it, vi } from 'vitest'
import { buildJoinReply, buildParticipant } from './testing/fake-server.ts'
import { createFakeSession } from './testing/fake-session.ts'
import { FakeTrack } from './testing/fake-track.ts'

/** An `<audio>` element as far as the room uses it. */
function createSink(play: () => Promise<void>) {
  return { srcObject: null, play, pause() {}, remove() {} }
}

let page: EventTarget
let play: () => Promise<void>

beforeEach(() => {
  page = new EventTarget()
  play = () => Promise.resolve()
  vi.stubGlobal('window', page)
  vi.stubGlobal(
    'MediaStream',
    class {
      readonly tracks: readonly MediaStreamTrack[]
      constructor(tracks: readonly MediaStreamTrack[]) {
        this.tracks = tracks
      }
    },
  )
  vi.stubGlobal('document', {
    createElement: () => createSink(() => play()),
    body: { append() {} },
  })
})

it('says that it may return when the page is hidden for good, and stops listening when it has left', async () => {
  const { join, server } = createFakeSession()
  const room = await join()
  page.dispatchEvent(new Event('pagehide'))
  expect(server.inputsOf('room.leave')).toEqual([{ mayReturn: true }])
  await room.leave()
  page.dispatchEvent(new Event('pagehide'))
  expect(server.inputsOf('room.leave')).toEqual([{ mayReturn: true }, { mayReturn: false }])
})

it('takes the seat again when the page comes back from the cache of pages', async () => {
  const { join, server } = createFakeSession()
  const room = await join()
  page.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: false }))
  expect(room.state.get().status).toBe('connected')
  page.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }))
  expect(room.state.get().status).toBe('reconnecting')
  await vi.waitFor(() => expect(room.state.get().status).toBe('connected'))
  expect(server.inputsOf('room.join')).toHaveLength(2)
  await room.leave()
})

it('reports sound that the browser holds back once, and plays it when the person asks for it', async () => {
  const { join, server, topology } = createFakeSession()
  const ana = buildParticipant({ tracks: [{ source: 'microphone', muted: false }] })
  server.joinReply = buildJoinReply({ others: [ana] })
  const room = await join()
  const blocked = vi.fn<() => void>()
  room.on('audioPlaybackBlocked', blocked)
  play = () => Promise.reject(new DOMException('Touch the page first.', 'NotAllowedError'))
  topology.emit('mediaReceived', ana.id, 'microphone', new FakeTrack('audio'))
  topology.emit('mediaReceived', ana.id, 'screen-audio', new FakeTrack('audio'))
  await vi.waitFor(() => expect(blocked).toHaveBeenCalledOnce())
  expect(room.audioOutput.isBlocked).toBe(true)
  const played = vi.fn<() => Promise<void>>(() => Promise.resolve())
  play = played
  await room.startAudio()
  expect(played).toHaveBeenCalledTimes(2)
  expect(room.audioOutput.isBlocked).toBe(false)
  await room.leave()
})

it('looks for other paths when the device may be on another network, for as long as it stays', async () => {
  const { join, server, topology } = createFakeSession()
  const room = await join()
  page.dispatchEvent(new Event('online'))
  await vi.waitFor(() => expect(topology.networks).toBe(1))
  expect(server.inputsOf('room.check')).toHaveLength(1)
  await room.leave()
  vi.useFakeTimers()
  page.dispatchEvent(new Event('online'))
  await vi.runAllTimersAsync()
  vi.useRealTimers()
  expect(topology.networks).toBe(1)
})
