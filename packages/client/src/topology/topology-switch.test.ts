import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ana, ben, cem, FakeCall, personWith, wait } from '../testing/fake-call.ts'
import { FakeTrack } from '../testing/fake-track.ts'

const camera = { source: 'camera', muted: false } as const
const microphone = { source: 'microphone', muted: false } as const
const HEAD_START_MS = 800

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
    await call.linkTo(ben)
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
    call.openSending(ben)
    await wait(HEAD_START_MS - 10)
    expect(call.sfu.isSending).toBe(false)
    await wait(20)
    expect(call.sfu.isSending).toBe(true)
    expect(call.ready).toEqual([])
  })

  it('shows what comes through the server until it comes over the link', async () => {
    call.network.reachable = false
    call.restore({ mode: 'direct', settled: false }, [personWith(ben, camera)])
    call.openSending(ben)
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
    const mesh = call.openSending(ben)
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
    call.openSending(ben)
    await wait(1000)
    expect(call.ready).toEqual([])
    call.openSending(cem)
    await wait(1000)
    expect(call.ready).toEqual([0])
  })

  it('waits for who comes meanwhile, and is told of the newest decision', async () => {
    call.restore({ mode: 'direct', settled: false }, [personWith(ben, camera)])
    call.openSending(ben)
    await wait(10)
    call.notify('room.participantJoined', personWith(cem, camera))
    call.decide('mesh')
    await wait(500)
    expect(call.ready).toEqual([])
    call.openSending(cem)
    await wait(1000)
    expect(call.ready).toEqual([1])
  })

  it('is told again to a server that has begun to count anew', async () => {
    await call.linkTo(ben)
    call.restore({ epoch: 0, mode: 'direct', settled: false }, [personWith(ben, camera)])
    await wait(1000)
    expect(call.ready).toEqual([0, 0])
  })
})

describe('from links to the server', () => {
  it('keeps the picture until it comes from there', async () => {
    await call.linkTo(ben)
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
    await call.linkTo(ben)
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
    call.openSending(ben)
    await wait(500)
    expect(shownOf()).not.toBe(fromServer)
    expect(call.ready).toEqual([0, 1, 2])
    call.settle()
    expect(call.sfu.isSending).toBe(false)
    call.sfu.end(ben, 'camera')
    expect(shownOf()).toBeDefined()
  })

  it('overtaken by the way back stays on the links, which are still there', async () => {
    await call.linkTo(ben)
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
    await call.linkTo(ben)
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
    await call.linkTo(ben)
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
      call.openSending(ben)
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
    await call.linkTo(ben)
    call.notify('room.participantJoined', personWith(cem, camera))
    call.decide('mesh')
    call.openSending(cem)
    await wait(500)
    expect(shownOf(cem)).toBeDefined()
    call.notify('room.participantLeft', { id: cem, reason: 'left' })
    await wait(10)
    expect(shownOf(cem)).toBeUndefined()
    expect(shownOf(ben)).toBeDefined()
  })

  it('keeps a link while they are away, and is linked to anew when they come with another page', async () => {
    const before = await call.linkTo(ben)
    const overLink = shownOf()
    call.notify('room.participantChanged', { id: ben, connection: 'reconnecting' })
    await wait(100)
    expect(shownOf()).toBe(overLink)
    before.close()
    call.openSending(ben)
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
    await call.linkTo(ben)
    const overLink = shownOf()
    call.restore({ epoch: 5, mode: 'direct', settled: false }, [personWith(ben, camera)])
    await wait(300)
    expect(shownOf()).toBe(overLink)
    expect(call.sfu.isSending).toBe(false)
    expect(call.ready).toEqual([0, 5])
    expect(call.sfu.restored).toBe(2)
  })

  it('takes back the links where the call now goes through the server', async () => {
    await call.linkTo(ben)
    call.restore({ epoch: 5, mode: 'sfu', settled: true }, [personWith(ben, camera)])
    call.closeOthers()
    expect(call.network.open).toEqual([])
    expect(call.sfu.isSending).toBe(true)
  })

  it('begins links where the call now goes over them', async () => {
    call.restore({ mode: 'sfu', settled: true }, [personWith(ben, camera)])
    const fromServer = call.sfu.open(ben, 'camera')
    call.sfu.flow(ben, 'camera')
    call.openSending(ben)
    call.restore({ epoch: 5, mode: 'direct', settled: false }, [personWith(ben, camera)])
    expect(shownOf()).toBe(fromServer)
    expect(call.sfu.isSending).toBe(true)
    await wait(1500)
    expect(shownOf()).not.toBe(fromServer)
    expect(call.ready).toEqual([5])
  })

  it('loses who is gone and what is taken away', async () => {
    await call.linkTo(ben)
    call.restore({ epoch: 5, mode: 'direct', settled: true }, [personWith(cem)])
    await wait(10)
    expect(shownOf()).toBeUndefined()
    expect(call.network.open.filter((pc) => pc.connectionState === 'connected')).toHaveLength(1)
  })
})
