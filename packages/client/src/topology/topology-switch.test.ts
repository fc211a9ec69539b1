import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ana, ben, cem, FakeCall, personWith } from '../testing/fake-call.ts'
import { FakeTrack } from '../testing/fake-track.ts'
import type { MeshTopology } from './mesh/mesh-topology.ts'

const camera = { source: 'camera', muted: false } as const
const microphone = { source: 'microphone', muted: false } as const
const HEAD_START_MS = 800

let call: FakeCall

async function wait(ms: number): Promise<void> {
  await vi.dynamicImportSettled()
  await vi.advanceTimersByTimeAsync(ms)
}

/** Another one's browser whose camera goes out over its links. */
function openSending(id: typeof ben): MeshTopology {
  const mesh = call.openOther(id)
  mesh.publish('camera', { mediaTrack: new FakeTrack('video'), muted: false })
  mesh.connect(id, [ana])
  return mesh
}

const shownOf = (id = ben, source = 'camera') => call.shown.get(`${id}/${source}`)

/** In a call with Ben over a link, settled, with his camera. */
async function linkedToBen(): Promise<MeshTopology> {
  call.restore({ mode: 'direct', settled: false }, [personWith(ben, camera)])
  const mesh = openSending(ben)
  await wait(500)
  call.settle()
  await wait(100)
  return mesh
}

beforeEach(() => {
  vi.useFakeTimers()
  call = new FakeCall()
})
afterEach(async () => {
  call.closeOthers()
  call.topology.close()
  // Signals that were under way.
  await vi.advanceTimersByTimeAsync(1000)
  const timers = vi.getTimerCount()
  vi.useRealTimers()
  if (timers > 0 || call.network.open.length > 0) throw new Error('something is left behind')
})

describe('a call through the server', () => {
  it('is one without links, in which hardly anyone looks at what arrives', async () => {
    call.restore({ mode: 'sfu', settled: true }, [personWith(ben, camera)])
    const track = call.sfu.open(ben, 'camera')
    await wait(3000)
    expect(shownOf()).toBe(track)
    expect(call.network.connections).toEqual([])
    expect(call.requests).toEqual([])
    expect(call.sfu.looks).toBeLessThan(5)
    expect(call.sfu.isSending).toBe(true)
    call.sfu.end(ben, 'camera')
    expect(shownOf()).toBeUndefined()
  })
})

describe('a call that one joins over links', () => {
  it('sends nothing to the server when links are there in time', async () => {
    const sending: boolean[] = []
    vi.spyOn(call.sfu, 'setSending').mockImplementation((is) => void sending.push(is))
    await linkedToBen()
    await wait(5000)
    expect(sending).toContain(false)
    expect(sending).not.toContain(true)
    expect(shownOf()).toBe(
      call.network.open.flatMap((pc) => pc.getTransceivers()).find(({ receiver }) => receiver.received)
        ?.receiver.track,
    )
  })

  it('sends to the server beside them after a head start', async () => {
    call.network.reachable = false
    call.restore({ mode: 'direct', settled: false }, [personWith(ben)])
    openSending(ben)
    await wait(HEAD_START_MS - 10)
    expect(call.sfu.isSending).toBe(false)
    await wait(20)
    expect(call.sfu.isSending).toBe(true)
    expect(call.ready).toEqual([])
  })

  it('shows what comes through the server until it comes over the link', async () => {
    call.network.reachable = false
    call.restore({ mode: 'direct', settled: false }, [personWith(ben, camera)])
    openSending(ben)
    await wait(1000)
    const fromServer = call.sfu.open(ben, 'camera')
    call.sfu.flow(ben, 'camera')
    await wait(100)
    expect(shownOf()).toBe(fromServer)
    call.network.reachable = true
    call.network.look()
    await wait(200)
    expect(shownOf()).not.toBe(fromServer)
    expect(call.ready).toEqual([0])
  })

  it('alone has nothing to wait for', async () => {
    call.restore({ mode: 'direct', settled: false }, [])
    await wait(100)
    expect(call.ready).toEqual([0])
    expect(call.network.connections).toEqual([])
  })
})

describe('readiness', () => {
  it('is told once, when everything arrives', async () => {
    call.restore({ mode: 'direct', settled: false }, [personWith(ben, camera, microphone)])
    const mesh = openSending(ben)
    await wait(1000)
    // The link is there and the picture, but not the voice.
    expect(call.ready).toEqual([])
    mesh.publish('microphone', { mediaTrack: new FakeTrack('audio'), muted: false })
    await wait(200)
    expect(call.ready).toEqual([0])
    call.list(ben, { source: 'camera', muted: true })
    call.list(ben, { source: 'camera', muted: false })
    await wait(3000)
    expect(call.ready).toEqual([0])
  })

  it.each([
    ['what is muted', () => call.list(ben, { source: 'camera', muted: true })],
    ['what nobody sees', () => call.topology.setDemand(ben, 'camera', 'hidden')],
    ['what is taken away', () => call.notify('track.unpublished', { participantId: ben, source: 'camera' })],
    ['who is away', () => call.notify('room.participantChanged', { id: ben, connection: 'reconnecting' })],
    ['who leaves', () => call.notify('room.participantLeft', { id: ben, reason: 'left' })],
  ])('does not wait for %s', async (_, change) => {
    call.restore({ mode: 'direct', settled: false }, [personWith(ben, camera)])
    call.openOther(ben).connect(ben, [ana])
    await wait(1000)
    expect(call.ready).toEqual([])
    change()
    await wait(100)
    expect(call.ready).toEqual([0])
  })

  it('waits for a link to everyone, also to those who send nothing', async () => {
    call.restore({ mode: 'mesh', settled: false }, [personWith(ben), personWith(cem)])
    openSending(ben)
    await wait(1000)
    expect(call.ready).toEqual([])
    openSending(cem)
    await wait(1000)
    expect(call.ready).toEqual([0])
  })

  it('waits for who comes meanwhile, and is told of the newest decision', async () => {
    call.restore({ mode: 'direct', settled: false }, [personWith(ben, camera)])
    openSending(ben)
    await wait(10)
    call.notify('room.participantJoined', personWith(cem, camera))
    call.decide('mesh')
    await wait(500)
    expect(call.ready).toEqual([])
    openSending(cem)
    await wait(1000)
    expect(call.ready).toEqual([1])
  })

  it('is told again to a server that has begun to count anew', async () => {
    await linkedToBen()
    call.restore({ epoch: 0, mode: 'direct', settled: false }, [personWith(ben, camera)])
    await wait(1000)
    expect(call.ready).toEqual([0, 0])
  })
})

describe('from links to the server', () => {
  it('keeps the picture until it comes from there', async () => {
    await linkedToBen()
    const overLink = shownOf()
    call.decide('sfu')
    await wait(10)
    expect(call.sfu.isSending).toBe(true)
    const fromServer = call.sfu.open(ben, 'camera')
    await wait(1000)
    expect(shownOf()).toBe(overLink)
    expect(call.ready).toEqual([0])
    call.sfu.flow(ben, 'camera')
    await wait(100)
    expect(shownOf()).toBe(fromServer)
    expect(call.ready).toEqual([0, 1])
    expect(call.network.open).not.toEqual([])
    call.settle()
    await wait(10)
    expect(shownOf()).toBe(fromServer)
    expect(call.network.open).toHaveLength(1)
  })

  it('and back keeps the picture too, and is ready for each decision once', async () => {
    await linkedToBen()
    call.decide('sfu')
    call.sfu.open(ben, 'camera')
    call.sfu.flow(ben, 'camera')
    await wait(100)
    call.settle()
    call.closeOthers()
    await wait(1000)
    const fromServer = shownOf()
    call.decide('direct')
    await wait(10)
    expect(shownOf()).toBe(fromServer)
    expect(call.sfu.isSending).toBe(true)
    openSending(ben)
    await wait(500)
    expect(shownOf()).not.toBe(fromServer)
    expect(call.ready).toEqual([0, 1, 2])
    call.settle()
    expect(call.sfu.isSending).toBe(false)
    call.sfu.end(ben, 'camera')
    expect(shownOf()).toBeDefined()
  })

  it('overtaken by the way back stays on the links, which are still there', async () => {
    await linkedToBen()
    const overLink = shownOf()
    const made = call.network.connections.length
    call.decide('sfu')
    call.sfu.open(ben, 'camera')
    await wait(10)
    call.decide('direct')
    await wait(500)
    expect(shownOf()).toBe(overLink)
    expect(call.ready).toEqual([0, 2])
    expect(call.network.connections).toHaveLength(made)
    call.settle()
    expect(call.sfu.isSending).toBe(false)
  })

  it('does not say that it is ready for a decision that was overtaken', async () => {
    await linkedToBen()
    call.decide('sfu')
    call.decide('direct')
    call.decide('sfu')
    await wait(500)
    expect(call.ready).toEqual([0])
    call.sfu.open(ben, 'camera')
    call.sfu.flow(ben, 'camera')
    await wait(100)
    expect(call.ready).toEqual([0, 3])
  })

  it('twenty times over shows a picture at every moment', async () => {
    await linkedToBen()
    const lost: unknown[] = []
    call.topology.on('mediaLost', (id, source) => lost.push([id, source]))
    for (let times = 0; times < 20; times += 1) {
      call.decide('sfu')
      call.sfu.open(ben, 'camera')
      call.sfu.flow(ben, 'camera')
      await wait(150)
      call.settle()
      call.closeOthers()
      await wait(50)
      call.decide('direct')
      await wait(5)
      openSending(ben)
      await wait(600)
      call.settle()
      call.sfu.end(ben, 'camera')
      await wait(50)
    }
    expect(lost).toEqual([])
    expect(call.ready).toHaveLength(41)
    expect(call.network.open).toHaveLength(2)
  })
})

describe('who joins and leaves', () => {
  it('gets a link, and has none when they are gone', async () => {
    await linkedToBen()
    call.notify('room.participantJoined', personWith(cem, camera))
    call.decide('mesh')
    openSending(cem)
    await wait(500)
    expect(shownOf(cem)).toBeDefined()
    call.notify('room.participantLeft', { id: cem, reason: 'left' })
    await wait(10)
    expect(shownOf(cem)).toBeUndefined()
    expect(shownOf(ben)).toBeDefined()
  })

  it('keeps a link while they are away, and is linked to anew when they come with another page', async () => {
    const before = await linkedToBen()
    const overLink = shownOf()
    call.notify('room.participantChanged', { id: ben, connection: 'reconnecting' })
    await wait(100)
    expect(shownOf()).toBe(overLink)
    before.close()
    openSending(ben)
    call.notify('room.participantChanged', { id: ben, connection: 'connected' })
    call.decide('direct')
    await wait(1500)
    expect(shownOf()).toBeDefined()
    expect(shownOf()).not.toBe(overLink)
    expect(call.ready).toEqual([0, 1])
    expect(call.reports).toEqual([])
  })
})

describe('this one coming back', () => {
  it('goes on over the links that are there', async () => {
    await linkedToBen()
    const overLink = shownOf()
    call.restore({ epoch: 5, mode: 'direct', settled: false }, [personWith(ben, camera)])
    await wait(300)
    expect(shownOf()).toBe(overLink)
    expect(call.sfu.isSending).toBe(false)
    expect(call.ready).toEqual([0, 5])
    expect(call.sfu.restored).toBe(2)
  })

  it('takes back the links where the call now goes through the server', async () => {
    await linkedToBen()
    call.restore({ epoch: 5, mode: 'sfu', settled: true }, [personWith(ben, camera)])
    call.closeOthers()
    expect(call.network.open).toEqual([])
    expect(call.sfu.isSending).toBe(true)
  })

  it('begins links where the call now goes over them', async () => {
    call.restore({ mode: 'sfu', settled: true }, [personWith(ben, camera)])
    const fromServer = call.sfu.open(ben, 'camera')
    call.sfu.flow(ben, 'camera')
    openSending(ben)
    call.restore({ epoch: 5, mode: 'direct', settled: false }, [personWith(ben, camera)])
    expect(shownOf()).toBe(fromServer)
    expect(call.sfu.isSending).toBe(true)
    await wait(1500)
    expect(shownOf()).not.toBe(fromServer)
    expect(call.ready).toEqual([5])
  })

  it('loses who is gone and what is taken away', async () => {
    await linkedToBen()
    call.restore({ epoch: 5, mode: 'direct', settled: true }, [personWith(cem)])
    await wait(10)
    expect(shownOf()).toBeUndefined()
    expect(call.network.open.filter((pc) => pc.connectionState === 'connected')).toHaveLength(1)
  })
})

describe('what the server calls muted', () => {
  it('is neither heard nor seen, whatever comes over a link', async () => {
    await linkedToBen()
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
    openSending(ben)
    await wait(1000)
    expect(enabled).toEqual([false])
  })

  it('is not shown when it is not listed at all', async () => {
    call.restore({ mode: 'direct', settled: false }, [personWith(ben)])
    openSending(ben)
    await wait(1000)
    expect([...call.shown]).toEqual([])
  })
})

describe('looking at what arrives', () => {
  it('ends with the change, though somebody lists what they do not send', async () => {
    await linkedToBen()
    call.list(ben, microphone)
    await wait(1000)
    const receivers = call.network.open.flatMap((pc) => pc.getTransceivers()).map(({ receiver }) => receiver)
    const looks = receivers.map((receiver) => vi.spyOn(receiver, 'getStats'))
    await wait(60_000)
    expect(looks.filter((look) => look.mock.calls.length > 0)).toEqual([])
  })

  it('goes on for what comes on both ways, but seldom', async () => {
    await linkedToBen()
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
    await linkedToBen()
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
    openSending(ben)
    await wait(20_000)
    expect(call.reports).toEqual([{ problem: 'link_failed', participantId: ben }])
    expect(call.ready).toEqual([])
  })

  it('to who is away says nothing about the path, and is made anew when they are back', async () => {
    await linkedToBen()
    call.notify('room.participantChanged', { id: ben, connection: 'reconnecting' })
    call.network.reachable = false
    call.network.cut()
    await wait(6000)
    expect(call.reports).toEqual([])
    call.network.reachable = true
    call.closeOthers()
    openSending(ben)
    call.notify('room.participantChanged', { id: ben, connection: 'connected' })
    call.decide('direct')
    await wait(1500)
    expect(call.ready).toEqual([0, 1])
  })

  it('while the line to the server is lost is not reported later', async () => {
    await linkedToBen()
    call.isOnline = false
    call.network.reachable = false
    call.network.cut()
    await wait(6000)
    call.isOnline = true
    call.network.reachable = true
    call.closeOthers()
    openSending(ben)
    call.restore({ epoch: 7, mode: 'direct', settled: false }, [personWith(ben, camera)])
    await wait(1500)
    expect(call.reports).toEqual([])
    expect(call.ready).toEqual([0, 7])
  })

  it('keeps the last picture until it comes from the server', async () => {
    await linkedToBen()
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
    const mesh = await linkedToBen()
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
      openSending(ben)
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
