import { ParticipantId } from '@video-meet/protocol'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { silentLogger } from '../../core/logger.ts'
import type { SendRequest } from '../../signaling/signaling-client.ts'
import { FakeNetwork } from '../../testing/fake-peer-connection.ts'
import { FakeSignalPath, type PassedSignal } from '../../testing/fake-signal-path.ts'
import { FakeTrack } from '../../testing/fake-track.ts'
import { MeshTopology } from './mesh-topology.ts'
import type { SpeakerLevels } from './speaker-choice.ts'

const [ana, ben, cem] = ['1', '2', '3'].map((digit) =>
  ParticipantId.parse(`${digit.repeat(8)}-11c0-43da-975e-2a8ad9ebae0b`),
) as [ParticipantId, ParticipantId, ParticipantId]

let network: FakeNetwork
let path: FakeSignalPath
let opened: Person[]
/** Whose microphone the server lists as muted. */
let silenced: Set<ParticipantId>

interface Person {
  readonly id: ParticipantId
  readonly mesh: MeshTopology
  readonly failed: ParticipantId[]
  /** Who it was told speaks. */
  readonly speakers: SpeakerLevels[]
}

/** A page that is opened; it takes the place of the one that this person had. */
function open(id: ParticipantId): Person {
  const failed: ParticipantId[] = []
  const speakers: SpeakerLevels[] = []
  const request = (
    _name: string,
    input: Omit<PassedSignal, 'from' | 'to'> & { participantId: ParticipantId },
  ) => {
    path.send({ from: id, to: input.participantId, ends: input.ends, signal: input.signal })
    return Promise.resolve({})
  }
  const mesh = new MeshTopology({
    request: request as unknown as SendRequest,
    iceServers: { current: () => [], on: () => () => undefined },
    log: silentLogger,
    onChanged: () => undefined,
    onFailed: (who) => failed.push(who),
    isHeard: (who) => !silenced.has(who),
    onSpeakers: (heard) => speakers.push(heard),
  })
  path.attach(id, ({ from, ends, signal }) => mesh.signalled(from, ends, signal))
  const person = { id, mesh, failed, speakers }
  opened.push(person)
  return person
}

const wait = (ms: number) => vi.advanceTimersByTimeAsync(ms)

function connect(...people: readonly Person[]): void {
  for (const { id, mesh } of people)
    mesh.connect(
      id,
      people.map((other) => other.id).filter((other) => other !== id),
    )
}

/** Whether two receive each other. */
const areLinked = (one: Person, other: Person) =>
  one.mesh.isConnectedTo(other.id) && other.mesh.isConnectedTo(one.id)

beforeEach(() => {
  vi.useFakeTimers()
  network = new FakeNetwork()
  path = new FakeSignalPath()
  opened = []
  silenced = new Set()
  vi.stubGlobal('RTCPeerConnection', network.RTCPeerConnection)
  vi.stubGlobal('RTCRtpReceiver', network.RTCRtpReceiver)
})
afterEach(async () => {
  for (const { mesh } of opened) mesh.close()
  // What was under way arrives at those who are gone.
  await wait(2000)
  const timers = vi.getTimerCount()
  vi.useRealTimers()
  if (timers > 0 || network.open.length > 0) throw new Error('something is left behind')
})

describe('links', () => {
  it('lead from each to each, and one of two calls', async () => {
    const [a, b, c] = [open(ana), open(ben), open(cem)]
    connect(a, b, c)
    await wait(200)
    expect([areLinked(a, b), areLinked(b, c), areLinked(c, a)]).toEqual([true, true, true])
    expect(network.connections).toHaveLength(6)
    const offers = path.passed.filter(
      ({ signal }) => signal.type === 'description' && signal.description.type === 'offer',
    )
    expect(offers.map(({ from, to }) => [from, to])).toEqual([
      [ana, ben],
      [ana, cem],
      [ben, cem],
    ])
  })

  it('are kept for who stays, and closed for who is gone', async () => {
    const [a, b, c] = [open(ana), open(ben), open(cem)]
    connect(a, b, c)
    await wait(200)
    a.mesh.connect(ana, [ben])
    expect(a.mesh.isConnectedTo(ben)).toBe(true)
    expect(a.mesh.receiver(cem, 'camera')).toBeUndefined()
    expect(network.connections).toHaveLength(6)
    expect(network.open).toHaveLength(5)
  })

  it('are made anew when this person has another name for the server', async () => {
    const [a, b] = [open(ana), open(ben)]
    connect(a, b)
    await wait(200)
    a.mesh.connect(cem, [ben])
    expect(a.mesh.isConnectedTo(ben)).toBe(false)
    expect(network.connections).toHaveLength(3)
  })

  it('carry what is published before and after', async () => {
    const [a, b] = [open(ana), open(ben)]
    const [microphone, camera] = [new FakeTrack('audio'), new FakeTrack('video')]
    a.mesh.publish('microphone', { mediaTrack: microphone, muted: false })
    connect(a, b)
    await wait(200)
    a.mesh.publish('camera', { mediaTrack: camera, muted: false })
    await wait(0)
    expect([a.mesh.sender('microphone')?.track, a.mesh.sender('camera')?.track]).toEqual([microphone, camera])
    expect(a.mesh.sender('screen')?.track).toBe(null)
    a.mesh.unpublish('camera')
    await wait(0)
    expect(a.mesh.sender('camera')?.track).toBe(null)
    const stats = await b.mesh.receiver(ana, 'microphone')?.getStats()
    expect(stats?.get('inbound')).toMatchObject({ packetsReceived: 5 })
  })

  it('say whom a link failed to', async () => {
    const [a, b] = [open(ana), open(ben)]
    network.reachable = false
    connect(a, b)
    await wait(7000)
    expect([a.failed, b.failed]).toEqual([[ben], [ana]])
    // And try it again when they are to be there all the same.
    network.reachable = true
    connect(a, b)
    await wait(1000)
    expect(areLinked(a, b)).toBe(true)
  })

  it('fail where the browser makes no more connections', () => {
    vi.stubGlobal('RTCPeerConnection', function RTCPeerConnection() {
      throw new DOMException('too many', 'UnknownError')
    })
    const a = open(ana)
    a.mesh.connect(ana, [ben])
    expect(a.failed).toEqual([ben])
  })
})

describe('a page that is opened anew', () => {
  it.each([
    ['the one who calls', ana],
    ['the other one', ben],
  ])('is linked to again: %s', async (_, who) => {
    const [a, b] = [open(ana), open(ben)]
    connect(a, b)
    await wait(200)
    const stays = who === ana ? b : a
    // The old page says nothing any more, and its connections are gone.
    path.attach(who, null)
    ;(who === ana ? a : b).mesh.close()
    const again = open(who)
    again.mesh.connect(who, [stays.id])
    stays.mesh.repair(who)
    await wait(1000)
    expect(areLinked(stays, again)).toBe(true)
    expect(network.connections).toHaveLength(4)
    expect([...a.failed, ...b.failed, ...again.failed]).toEqual([])
  })

  it('is linked to again whatever the moment', async () => {
    for (let ms = 0; ms < 700; ms += 35) {
      const [a, b] = [open(ana), open(ben)]
      connect(a, b)
      await wait(ms)
      path.attach(ben, null)
      b.mesh.close()
      await wait(30)
      const again = open(ben)
      again.mesh.connect(ben, [ana])
      a.mesh.repair(ben)
      await wait(1500)
      expect(areLinked(a, again)).toBe(true)
      for (const { mesh } of [a, again]) mesh.close()
      await wait(1000)
    }
  })

  it('of both at once links them again', async () => {
    connect(open(ana), open(ben))
    await wait(200)
    for (const { mesh } of opened) mesh.close()
    const [a, b] = [open(ana), open(ben)]
    connect(a, b)
    await wait(1500)
    expect(areLinked(a, b)).toBe(true)
  })

  it('is not undone by what the page before it said', async () => {
    const [a, b] = [open(ana), open(ben)]
    connect(a, b)
    await wait(200)
    const before = path.passed.filter(({ from }) => from === ben)
    b.mesh.close()
    const again = open(ben)
    again.mesh.connect(ben, [ana])
    await wait(1500)
    const made = network.connections.length
    for (const { ends, signal } of before) a.mesh.signalled(ben, ends, signal)
    for (const { ends } of before) a.mesh.signalled(ben, { ...ends, to: null }, { type: 'hello' })
    await wait(3000)
    expect(areLinked(a, again)).toBe(true)
    expect(network.connections).toHaveLength(made)
  })

  it('makes no end of links when signals are late and come twice', async () => {
    path.arrivals = () => [30, 700, 1600]
    const [a, b] = [open(ana), open(ben)]
    connect(a, b)
    await wait(3000)
    b.mesh.close()
    const again = open(ben)
    again.mesh.connect(ben, [ana])
    await wait(5000)
    expect(areLinked(a, again)).toBe(true)
    expect(network.connections.length).toBeLessThanOrEqual(5)
  })
})

describe('a hostile other end', () => {
  it('cannot make this one open connections without end', async () => {
    const a = open(ana)
    a.mesh.connect(ana, [ben])
    for (let times = 0; times < 500; times += 1)
      a.mesh.signalled(ben, { from: `end ${times}`, to: null }, { type: 'hello' })
    expect(network.connections.length).toBeLessThan(50)
    expect(a.failed).toEqual([ben])
  })

  it('is not listened to when it is not linked to', async () => {
    const a = open(ana)
    a.mesh.connect(ana, [])
    a.mesh.signalled(ben, { from: 'end', to: null }, { type: 'hello' })
    expect(network.connections).toEqual([])
  })
})

describe('sizes of pictures', () => {
  const demands = () =>
    path.passed.flatMap(({ from, signal }) =>
      from === ben && signal.type === 'demand' ? [signal.heights] : [],
    )

  it('are asked for when the link is there', async () => {
    const [a, b] = [open(ana), open(ben)]
    b.mesh.setDemand(ana, 'camera', { heightPx: 360 })
    b.mesh.setDemand(ana, 'screen', 'hidden')
    connect(a, b)
    await wait(500)
    expect(demands()).toEqual([
      [
        { source: 'camera', heightPx: 360 },
        { source: 'screen', heightPx: 0 },
      ],
    ])
  })

  it('are asked for a few times, however often a window changes its size', async () => {
    const [a, b] = [open(ana), open(ben)]
    connect(a, b)
    await wait(500)
    for (let height = 100; height <= 700; height += 2) {
      b.mesh.setDemand(ana, 'camera', { heightPx: height })
      await wait(16)
    }
    await wait(500)
    expect(demands().length).toBeLessThan(15)
    expect(demands().at(-1)).toEqual([{ source: 'camera', heightPx: 720 }])
  })

  it('are asked of a page that was opened anew too', async () => {
    const [a, b] = [open(ana), open(ben)]
    b.mesh.setDemand(ana, 'camera', { heightPx: 180 })
    connect(a, b)
    await wait(500)
    a.mesh.close()
    const again = open(ana)
    again.mesh.publish('camera', { mediaTrack: new FakeTrack('video', { height: 720 }), muted: false })
    again.mesh.connect(ana, [ben])
    await wait(1000)
    const sender = again.mesh.sender('camera')
    expect(sender?.getParameters().encodings).toMatchObject([{ scaleResolutionDownBy: 4 }])
  })
})

it('receives nothing over a link that never came up, and goes on receiving over one that is being repaired', async () => {
  const [a, b] = [open(ana), open(ben)]
  connect(a, b)
  expect(a.mesh.receiver(ben, 'camera')).toBeUndefined()
  await wait(200)
  const receiver = a.mesh.receiver(ben, 'camera')
  expect(receiver?.track.kind).toBe('video')
  network.reachable = false
  network.cut()
  expect(a.mesh.receiver(ben, 'camera')).toBe(receiver)
  expect(a.mesh.isConnectedTo(ben)).toBe(false)
})

describe('who speaks', () => {
  /** Linked to Ben, who is that loud, on Ana's side; both with a microphone. */
  async function linked(loudness?: number) {
    const [a, b] = [open(ana), open(ben)]
    for (const { mesh } of [a, b])
      mesh.publish('microphone', { mediaTrack: new FakeTrack('audio'), muted: false })
    connect(a, b)
    await wait(300)
    const [own, incoming] = [network.connections[0]?.getTransceivers()[0], a.mesh.receiver(ben, 'microphone')]
    if (!own || !incoming) throw new Error('no microphone')
    own.sender.audioLevel = 0
    own.receiver.audioLevel = loudness
    return { a, b, own }
  }

  it('is told with the loudness of all, several times a second', async () => {
    const { a, own } = await linked(0.1)
    await wait(1000)
    expect(a.speakers.length).toBeGreaterThanOrEqual(4)
    expect(a.speakers.at(-1)).toEqual({ activeSpeaker: ben, levels: [{ participantId: ben, level: -20 }] })
    own.sender.audioLevel = 1
    await wait(1000)
    expect(a.speakers.at(-1)).toEqual({
      activeSpeaker: ana,
      levels: [
        { participantId: ana, level: 0 },
        { participantId: ben, level: -20 },
      ],
    })
  })

  it('is read from statistics where the browser does not tell it otherwise', async () => {
    const { a, own } = await linked()
    own.receiver.statsLevel = 0.01
    await wait(500)
    expect(a.speakers.at(-1)).toEqual({ activeSpeaker: ben, levels: [{ participantId: ben, level: -40 }] })
  })

  it('is told once when nobody does any more', async () => {
    const { a, own } = await linked(0.1)
    await wait(500)
    own.receiver.audioLevel = 0
    await wait(10_000)
    expect(a.speakers.filter(({ levels }) => levels.length === 0)).toEqual([
      { activeSpeaker: ben, levels: [] },
    ])
    expect(a.speakers.at(-1)?.levels).toEqual([])
  })

  it('is nobody whose packets have stopped, or whom the server lists as muted', async () => {
    const { a, own } = await linked(0.1)
    await wait(500)
    own.receiver.stands = true
    await wait(3000)
    expect(a.speakers.at(-1)?.levels).toEqual([])
    own.receiver.stands = false
    silenced.add(ben)
    await wait(3000)
    expect(a.speakers.at(-1)?.levels).toEqual([])
    silenced.clear()
    await wait(500)
    expect(a.speakers.at(-1)?.levels).toHaveLength(1)
  })

  it('is not this one who is muted', async () => {
    const { a, own } = await linked(0)
    own.sender.audioLevel = 0.5
    a.mesh.publish('microphone', { mediaTrack: new FakeTrack('audio'), muted: true })
    await wait(1000)
    expect(a.speakers).toEqual([])
  })

  it('is listened to only while there are links', async () => {
    const { a, own } = await linked(0.1)
    const reads = vi.spyOn(own.receiver, 'getSynchronizationSources')
    await wait(1000)
    expect(reads).toHaveBeenCalled()
    a.mesh.stopListening()
    reads.mockClear()
    const told = a.speakers.length
    await wait(5000)
    expect(reads).not.toHaveBeenCalled()
    connect(a)
    await wait(5000)
    expect(a.speakers).toHaveLength(told)
  })
})
