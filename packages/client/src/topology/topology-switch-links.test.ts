import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ana, ben, cem, FakeCall, personWith, wait } from '../testing/fake-call.ts'
import { FakeTrack } from '../testing/fake-track.ts'

const camera = { source: 'camera', muted: false } as const
const microphone = { source: 'microphone', muted: false } as const

let call: FakeCall

const shownOf = (id = ben, source = 'camera') => call.shown.get(`${id}/${source}`)

beforeEach(() => {
  vi.useFakeTimers()
  call = new FakeCall()
})
afterEach(async () => {
  await call.close()
  vi.useRealTimers()
})

describe('what the server calls muted', () => {
  it('is neither heard nor seen, whatever comes over a link', async () => {
    await call.linkTo(ben)
    const track = shownOf()
    expect(track?.enabled).toBe(true)
    call.list(ben, { source: 'camera', muted: true })
    expect(track?.enabled).toBe(false)
    call.list(ben, { source: 'camera', muted: false })
    expect(track?.enabled).toBe(true)
    call.notify('track.unpublished', { participantId: ben, source: 'camera' })
    expect(shownOf()).toBeUndefined()
    expect(track?.enabled).toBe(false)
  })

  it('is so from the first moment of a link', async () => {
    const enabled: boolean[] = []
    call.topology.on('mediaReceived', (_id, _source, track) => enabled.push(track.enabled))
    call.restore({ mode: 'direct', settled: false }, [personWith(ben, { source: 'camera', muted: true })])
    call.openSending(ben)
    await wait(1000)
    expect(enabled).toEqual([false])
  })

  it('is not shown when it is not listed at all', async () => {
    call.restore({ mode: 'direct', settled: false }, [personWith(ben)])
    call.openSending(ben)
    await wait(1000)
    expect([...call.shown]).toEqual([])
  })
})

describe('looking at what arrives', () => {
  it('ends with the change, though somebody lists what they do not send', async () => {
    await call.linkTo(ben)
    call.list(ben, microphone)
    await wait(1000)
    const receivers = call.network.open.flatMap((pc) => pc.getTransceivers()).map(({ receiver }) => receiver)
    const looks = receivers.map((receiver) => vi.spyOn(receiver, 'getStats'))
    await wait(60_000)
    // That something comes in at all goes on to be watched, some times a second at most.
    for (const look of looks) expect(look.mock.calls.length).toBeLessThan(5 * 60 + 1)
  })

  it('goes on for what comes on both ways, but seldom', async () => {
    await call.linkTo(ben)
    call.list(ben, microphone)
    call.sfu.open(ben, 'microphone')
    await wait(60_000)
    expect(call.sfu.looks).toBeGreaterThan(10)
    expect(call.sfu.looks).toBeLessThan(100)
    call.sfu.flow(ben, 'microphone')
    await wait(2000)
    expect(shownOf(ben, 'microphone')).toBe(call.sfu.receiver(ben, 'microphone')?.track)
  })
})

describe('who speaks', () => {
  it('is told while the call goes over links, and only then', async () => {
    const told: unknown[] = []
    call.topology.on('speakersChanged', (speakers) => told.push(speakers))
    await call.linkTo(ben)
    const receivers = call.network.open.flatMap((pc) => pc.getTransceivers()).map(({ receiver }) => receiver)
    for (const receiver of receivers) receiver.audioLevel = 0.1
    await wait(1000)
    // His microphone is not listed yet.
    expect(told).toEqual([])
    call.list(ben, microphone)
    await wait(1000)
    expect(told.at(-1)).toEqual({ activeSpeaker: ben, levels: [{ participantId: ben, level: -20 }] })
    call.decide('sfu')
    const { length } = told
    await wait(1000)
    expect(told).toHaveLength(length)
    call.decide('direct')
    await wait(1000)
    expect(told.length).toBeGreaterThan(length)
  })
})

describe('a link that fails', () => {
  it('is reported once, with whom it led to', async () => {
    call.network.reachable = false
    call.restore({ mode: 'direct', settled: false }, [personWith(ben, camera)])
    call.openSending(ben)
    await wait(20_000)
    expect(call.reports).toEqual([{ problem: 'link_failed', participantId: ben }])
    expect(call.ready).toEqual([])
  })

  it('to who is away says nothing about the path, and is made anew when they are back', async () => {
    await call.linkTo(ben)
    call.notify('room.participantChanged', { id: ben, connection: 'reconnecting' })
    call.network.reachable = false
    call.network.cut()
    await wait(6000)
    expect(call.reports).toEqual([])
    call.network.reachable = true
    call.closeOthers()
    call.openSending(ben)
    call.notify('room.participantChanged', { id: ben, connection: 'connected' })
    call.decide('direct')
    await wait(1500)
    expect(call.ready).toEqual([0, 1])
  })

  it('is not reported when the call has left for the server meanwhile', async () => {
    call.network.reachable = false
    call.restore({ mode: 'mesh', settled: false }, [personWith(ben, camera)])
    call.openSending(ben)
    await wait(1000)
    call.decide('sfu')
    await wait(20_000)
    expect(call.reports).toEqual([])
  })

  it('while the line to the server is lost is not reported later', async () => {
    await call.linkTo(ben)
    call.isOnline = false
    call.network.reachable = false
    call.network.cut()
    await wait(6000)
    call.isOnline = true
    call.network.reachable = true
    call.closeOthers()
    call.openSending(ben)
    call.restore({ epoch: 7, mode: 'direct', settled: false }, [personWith(ben, camera)])
    await wait(1500)
    expect(call.reports).toEqual([])
    expect(call.ready).toEqual([0, 7])
  })

  it('keeps the last picture until it comes from the server', async () => {
    await call.linkTo(ben)
    const overLink = shownOf()
    call.network.reachable = false
    call.network.cut()
    await wait(4500)
    expect(call.reports).toEqual([{ problem: 'link_failed', participantId: ben }])
    call.decide('sfu')
    const fromServer = call.sfu.open(ben, 'camera')
    await wait(100)
    expect(shownOf()).toBe(overLink)
    call.sfu.flow(ben, 'camera')
    await wait(100)
    expect(shownOf()).toBe(fromServer)
  })
})

describe('own tracks', () => {
  it('go out on both ways, whichever are in use', async () => {
    const track = new FakeTrack('audio')
    call.topology.publish('microphone', { mediaTrack: track, muted: false })
    const mesh = await call.linkTo(ben)
    expect(call.sfu.published.get('microphone')?.mediaTrack).toBe(track)
    const received = await mesh.receiver(ana, 'microphone')?.getStats()
    expect(received?.get('inbound')).toMatchObject({ packetsReceived: 5 })
    call.topology.unpublish('microphone')
    await wait(10)
    expect(call.sfu.published.size).toBe(0)
    expect(
      call.network.open.flatMap((pc) => pc.getTransceivers()).map(({ sender }) => sender.track?.kind),
    ).not.toContain('audio')
  })
})

describe('closing', () => {
  it('at any moment is quiet and final', async () => {
    call.topology.close()
    for (let turns = 0; turns < 40; turns += 1) {
      call = new FakeCall()
      call.restore({ mode: 'direct', settled: false }, [personWith(ben, camera, microphone)])
      call.openSending(ben)
      for (let turn = 0; turn < turns; turn += 1) await (turn % 3 ? Promise.resolve() : wait(10))
      call.closeOthers()
      call.topology.close()
      call.topology.close()
      const { length } = call.requests
      call.decide('sfu')
      call.settle()
      call.restore({ epoch: 9, mode: 'direct', settled: false }, [personWith(cem, camera)])
      call.topology.publish('camera', { mediaTrack: new FakeTrack('video'), muted: false })
      call.topology.setDemand(ben, 'camera', { heightPx: 100 })
      call.topology.unpublish('camera')
      await wait(1000)
      expect(vi.getTimerCount()).toBe(0)
      expect(call.network.open).toEqual([])
      expect(call.requests).toHaveLength(length)
    }
  })
})
