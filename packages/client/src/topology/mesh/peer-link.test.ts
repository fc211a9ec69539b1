import { ParticipantId } from '@video-meet/protocol'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { silentLogger } from '../../core/logger.ts'
import { FakeNetwork, type FakePeerConnection } from '../../testing/fake-peer-connection.ts'
import { FakeSignalPath, type PassedSignal } from '../../testing/fake-signal-path.ts'
import { FakeTrack } from '../../testing/fake-track.ts'
import { PeerLink } from './peer-link.ts'

const ana = ParticipantId.parse('11111111-11c0-43da-975e-2a8ad9ebae0b')
const ben = ParticipantId.parse('22222222-11c0-43da-975e-2a8ad9ebae0b')

let network: FakeNetwork
let path: FakeSignalPath
let servers: RTCIceServer[]
let links: PeerLink[]

interface End {
  readonly link: PeerLink
  readonly pc: FakePeerConnection
  readonly events: string[]
}

/** Opens one end; Ana calls. */
function open(self: ParticipantId): End {
  const other = self === ana ? ben : ana
  const events: string[] = []
  const link = new PeerLink({
    participantId: other,
    isCaller: self === ana,
    iceServers: { current: () => servers },
    send: (ends, signal) => path.send({ from: self, to: other, ends, signal }),
    log: silentLogger,
    onConnected: () => events.push('connected'),
    onFailed: () => events.push('failed'),
  })
  const pc = network.connections.at(-1)
  if (!pc) throw new Error('no connection')
  path.attach(self, ({ ends, signal }) => link.receive(ends, signal))
  links.push(link)
  return { link, pc, events }
}

const wait = (ms: number) => vi.advanceTimersByTimeAsync(ms)
const isDescription = ({ signal }: PassedSignal) => signal.type === 'description'

beforeEach(() => {
  vi.useFakeTimers()
  network = new FakeNetwork()
  path = new FakeSignalPath()
  servers = []
  links = []
  vi.stubGlobal('RTCPeerConnection', network.RTCPeerConnection)
  vi.stubGlobal('RTCRtpReceiver', network.RTCRtpReceiver)
})
afterEach(() => {
  for (const link of links) link.close()
  const timers = vi.getTimerCount()
  vi.useRealTimers()
  if (timers > 0) throw new Error(`${timers} timers are left behind`)
})

describe('coming up', () => {
  it('takes one offer of the one who calls and one answer of the other', async () => {
    const [a, b] = [open(ana), open(ben)]
    await wait(200)
    expect([a.events, b.events]).toEqual([['connected'], ['connected']])
    expect(path.saidBy(ana)).toEqual(['offer', 'candidates'])
    expect(path.saidBy(ben)).toEqual(['answer', 'candidates'])
  })

  it('has a place for each source in the same order at both ends, to send and receive', async () => {
    const [a, b] = [open(ana), open(ben)]
    await wait(200)
    for (const { pc } of [a, b])
      expect(pc.getTransceivers().map(({ kind, direction }) => `${kind} ${direction}`)).toEqual([
        'audio sendrecv',
        'video sendrecv',
        'video sendrecv',
        'audio sendrecv',
      ])
    expect(a.link.receiver('screen')?.track.kind).toBe('video')
    expect(b.link.receiver('screen-audio')?.track.kind).toBe('audio')
  })

  it('keeps candidates that come before the description that they belong to', async () => {
    path.arrivals = (passed) => [isDescription(passed) ? 300 : 10]
    const [a, b] = [open(ana), open(ben)]
    await wait(1500)
    expect([a.events, b.events]).toEqual([['connected'], ['connected']])
    expect([a.pc, b.pc].map(({ hasCandidates }) => hasCandidates)).toEqual([true, true])
  })

  it('keeps to itself where nobody else can reach it', async () => {
    const a = open(ana)
    for (const address of ['169.254.7.7', '127.0.0.1', 'fe80::1', '::1', '192.0.2.9', '2001:db8::1']) {
      const found = {
        candidate: `candidate:1 1 udp 1 ${address} 5000 typ host`,
        sdpMid: '0',
        sdpMLineIndex: 0,
      }
      a.pc.dispatchEvent(Object.assign(new Event('icecandidate'), { candidate: found }))
    }
    await wait(100)
    const told = path.passed.flatMap(({ signal }) => (signal.type === 'candidates' ? signal.candidates : []))
    const addresses = told.map(({ candidate }) => candidate.split(' ')[4])
    expect(addresses).toEqual(['192.0.2.9', '2001:db8::1', '192.0.2.1', '192.0.2.1'])
  })

  it('asks for an offer that has not come, with the candidates that were lost with it', async () => {
    // The first seconds of the other end's page.
    let isThere = false
    path.arrivals = ({ to }) => (to === ana || isThere ? [20] : [])
    const a = open(ana)
    await wait(1000)
    isThere = true
    // As in a network in which only this candidate leads anywhere.
    const b = open(ben)
    path.arrivals = ({ from, signal }) => (from === ben && signal.type === 'candidates' ? [] : [20])
    await wait(700)
    expect(path.saidBy(ben)[0]).toBe('hello')
    expect(b.pc.hasCandidates).toBe(true)
    expect([a.events, b.events]).toEqual([['connected'], ['connected']])
  })

  it.each([[[5]], [[700]], [[5, 5]], [[5, 900]], [[40, 3]], [[600, 601]]])(
    'comes about whatever order and number the signals arrive in: %j',
    async (delays) => {
      let turn = 0
      // Some are late, some come twice.
      path.arrivals = () => delays.map((ms) => ms * ((turn++ % 3) + 1))
      const [a, b] = [open(ana), open(ben)]
      await wait(5000)
      expect([a.link.connected, b.link.connected]).toEqual([true, true])
      expect(network.partnerOf(a.pc)).toBe(b.pc)
    },
  )

  it('fails once where no path is found', async () => {
    network.reachable = false
    const [a, b] = [open(ana), open(ben)]
    await wait(5900)
    expect([a.events, b.events]).toEqual([[], []])
    await wait(200)
    a.pc.become('failed')
    await wait(20_000)
    expect([a.events, b.events]).toEqual([['failed'], ['failed']])
    expect(a.link.failed).toBe(true)
    expect([a.pc, b.pc].map(({ connectionState }) => connectionState)).toEqual(['closed', 'closed'])
  })

  it('fails when the other end says what no browser does', async () => {
    const a = open(ana)
    await wait(50)
    const description = { type: 'answer', sdp: 'nonsense' } as const
    a.link.receive({ from: 'other', to: null }, { type: 'description', description })
    await wait(50)
    expect(a.events).toEqual(['failed'])
  })
})

describe('sending', () => {
  it('begins when it is connected, and follows what is muted, replaced and taken away', async () => {
    const [a, b] = [open(ana), open(ben)]
    const [first, second] = [new FakeTrack('video'), new FakeTrack('video')]
    const sender = () => a.pc.getTransceivers()[1]?.sender
    a.link.setMedia('camera', { mediaTrack: first, muted: false })
    await wait(200)
    expect(sender()?.track).toBe(first)
    a.link.setMedia('camera', { mediaTrack: second, muted: false })
    await wait(0)
    expect(sender()?.track).toBe(second)
    a.link.setMedia('camera', { mediaTrack: second, muted: true })
    await wait(0)
    expect(sender()?.track).toBe(null)
    a.link.setMedia('camera', { mediaTrack: second, muted: false })
    a.link.setMedia('camera', null)
    await wait(0)
    expect(sender()?.track).toBe(null)
    expect(b.pc.getTransceivers().map((transceiver) => transceiver.sender.track)).toEqual([
      null,
      null,
      null,
      null,
    ])
  })

  it('sends no device that is gone', async () => {
    const [a] = [open(ana), open(ben)]
    const track = new FakeTrack('video')
    track.stop()
    a.link.setMedia('camera', { mediaTrack: track, muted: false })
    await wait(200)
    expect(a.pc.getTransceivers()[1]?.sender.track).toBe(null)
  })

  it('sends as large as the other end shows it', async () => {
    const [a, b] = [open(ana), open(ben)]
    a.link.setMedia('camera', { mediaTrack: new FakeTrack('video', { height: 720 }), muted: false })
    await wait(200)
    const encoding = () => a.pc.getTransceivers()[1]?.sender.encoding
    expect(encoding()).toMatchObject({ active: true, scaleResolutionDownBy: 1 })
    b.link.ask([{ source: 'camera', heightPx: 180 }])
    await wait(500)
    expect(encoding()).toMatchObject({ active: true, scaleResolutionDownBy: 4, maxBitrate: 200_000 })
    b.link.ask([{ source: 'camera', heightPx: 0 }])
    await wait(500)
    expect(encoding()).toMatchObject({ active: false })
  })
})

describe('a codec that is chosen', () => {
  const codec = (mimeType: string, payloadType: number) => ({ mimeType, payloadType, clockRate: 90_000 })

  it('is what pictures go out with, if the other end knows it', async () => {
    const [a] = [open(ana), open(ben)]
    a.link.setMedia('camera', { mediaTrack: new FakeTrack('video'), muted: false })
    a.link.setMedia('microphone', { mediaTrack: new FakeTrack('audio'), muted: false })
    await wait(200)
    const [microphone, camera] = a.pc.getTransceivers().map(({ sender }) => sender)
    if (camera) camera.codecs = [codec('video/VP8', 96), codec('video/AV1', 45)]
    a.link.setCodec('av1')
    await wait(0)
    expect(camera?.encoding).toMatchObject({ codec: { payloadType: 45 } })
    a.link.setCodec('vp9')
    await wait(0)
    expect(camera?.encoding).toMatchObject({ codec: { payloadType: 96 } })
    expect(microphone?.encoding).not.toHaveProperty('codec')
  })
})

describe('music', () => {
  const stereo = { channelCount: 2, echoCancellation: false }
  const opusOf = (end: End) => /^a=fmtp:111 (.*)\r$/m.exec(end.pc.remoteDescription?.sdp ?? '')?.[1]

  it('goes out with two channels and without pauses, and comes in with two', async () => {
    const [a, b] = [open(ana), open(ben)]
    a.link.setMedia('microphone', { mediaTrack: new FakeTrack('audio', stereo), muted: false })
    b.link.setMedia('microphone', { mediaTrack: new FakeTrack('audio'), muted: false })
    await wait(200)
    expect(opusOf(a)).toMatch(/stereo=1;maxaveragebitrate=192000/)
    expect(opusOf(b)).toMatch(/usedtx=1/)
    expect(opusOf(b)).not.toMatch(/stereo=1/)
    for (const { pc } of [a, b])
      expect(pc.localDescription?.sdp.match(/^a=fmtp:111 .*stereo=1/gm)).toHaveLength(2)
  })

  it.each([
    ['the one who calls', 0],
    ['the other one', 1],
  ] as const)('begins and ends during a call of %s, without a word to the other end', async (_, who) => {
    const ends = [open(ana), open(ben)] as const
    const [end, other] = [ends[who], ends[(1 - who) as 0 | 1]]
    end.link.setMedia('microphone', { mediaTrack: new FakeTrack('audio'), muted: false })
    await wait(200)
    const said = path.passed.length
    const before = opusOf(other)
    end.link.setMedia('microphone', { mediaTrack: new FakeTrack('audio', stereo), muted: true })
    await wait(100)
    expect(opusOf(end)).toMatch(/stereo=1/)
    end.link.setMedia('microphone', { mediaTrack: null, muted: true })
    await wait(100)
    expect(opusOf(end)).toMatch(/stereo=1/)
    end.link.setMedia('microphone', { mediaTrack: new FakeTrack('audio'), muted: false })
    await wait(100)
    expect(opusOf(end)).toMatch(/usedtx=1/)
    expect(opusOf(other)).toBe(before)
    expect(path.passed).toHaveLength(said)
    expect(ends.map(({ link, pc }) => [link.connected, pc.signalingState, pc.restarts])).toEqual([
      [true, 'stable', 0],
      [true, 'stable', 0],
    ])
  })

  it('that begins while a path is looked for goes out over the new one', async () => {
    const [a, b] = [open(ana), open(ben)]
    await wait(200)
    network.cut()
    a.link.repair()
    await wait(10)
    expect(a.pc.signalingState).toBe('have-local-offer')
    for (const { link } of [a, b])
      link.setMedia('microphone', { mediaTrack: new FakeTrack('audio', stereo), muted: false })
    await wait(1000)
    for (const end of [a, b]) {
      expect(opusOf(end)).toMatch(/stereo=1/)
      expect(end.link.connected).toBe(true)
    }
  })
})

it.each([
  ['the one that makes offers', 0],
  ['the other one', 1],
] as const)(
  'looks for another path while it is connected when the network of %s is another one',
  async (_, who) => {
    const ends = [open(ana), open(ben)]
    await wait(200)
    ends[who]?.link.networkChanged()
    await wait(200)
    expect(ends.map(({ link, pc }) => [link.connected, pc.signalingState])).toEqual([
      [true, 'stable'],
      [true, 'stable'],
    ])
    expect(ends[0]?.pc.restarts).toBe(1)
  },
)

describe('a path that is lost', () => {
  async function connected(): Promise<[End, End]> {
    const ends: [End, End] = [open(ana), open(ben)]
    await wait(200)
    for (const { events } of ends) events.length = 0
    path.passed.length = 0
    return ends
  }

  it.each([
    ['both', [0, 1]],
    ['the one who calls', [0]],
    ['the other one', [1]],
  ])('is found anew within a second and a half when it is noticed by %s', async (_, who) => {
    const ends = await connected()
    network.cut(ends.filter((_end, index) => who.includes(index)).map(({ pc }) => pc))
    await wait(1500)
    for (const { pc } of ends) expect([pc.connectionState, pc.restarts]).toEqual(['connected', 1])
    await wait(20_000)
    expect(ends.flatMap(({ events }) => events)).not.toContain('failed')
  })

  it.each([0, 10, 20, 40, 100, 400])(
    'is found anew when both notice it %i ms after each other and speak at the same time',
    async (difference) => {
      const [a, b] = await connected()
      network.cut([a.pc])
      await wait(difference)
      b.pc.become('disconnected')
      await wait(2000)
      expect([a.link.connected, b.link.connected]).toEqual([true, true])
      expect(network.partnerOf(a.pc)).toBe(b.pc)
    },
  )

  it('is given up once after four seconds, however often the state changes meanwhile', async () => {
    const [a, b] = await connected()
    network.reachable = false
    network.cut()
    for (let at = 0; at < 3600; at += 600) {
      await wait(600)
      a.pc.become('connecting')
      a.pc.become('disconnected')
    }
    expect(a.events).toEqual([])
    await wait(500)
    expect([a.events, b.events]).toEqual([['failed'], ['failed']])
    await wait(20_000)
    expect([a.events, b.events]).toEqual([['failed'], ['failed']])
  })

  it('is not given up when it comes back by itself', async () => {
    const [a, b] = await connected()
    for (const { pc } of [a, b]) pc.become('disconnected')
    await wait(900)
    for (const { pc } of [a, b]) pc.become('connected')
    await wait(20_000)
    expect([a.pc.restarts, b.pc.restarts]).toEqual([0, 0])
    expect([...a.events, ...b.events]).not.toContain('failed')
    expect(path.passed).toEqual([])
  })

  it('is looked for at once when the line to the server is back', async () => {
    const [a, b] = await connected()
    network.cut()
    b.link.repair()
    await wait(200)
    expect([a.link.connected, b.link.connected]).toEqual([true, true])
  })

  it('is looked for with the newest credentials at both ends', async () => {
    const [a, b] = await connected()
    servers = [{ urls: ['turn:turn.example.org'], username: 'newer', credential: 'secret' }]
    network.cut()
    await wait(1500)
    for (const { pc } of [a, b])
      expect(pc.configuration).toMatchObject({ iceServers: servers, bundlePolicy: 'max-bundle' })
  })

  it('leaves a link alone that is connected', async () => {
    const [a, b] = await connected()
    a.link.repair()
    b.link.repair()
    b.link.receive({ from: 'unknown', to: 'another end' }, { type: 'hello' })
    await wait(1000)
    expect(path.passed).toEqual([])
    expect([a.pc.restarts, b.pc.restarts]).toEqual([0, 0])
  })
})

describe('the ends', () => {
  it('pass over what was said to one that was here before', async () => {
    const a = open(ana)
    await wait(50)
    const description = { type: 'answer', sdp: 'nonsense' } as const
    a.link.receive({ from: 'other', to: 'before' }, { type: 'description', description })
    await wait(50)
    expect(a.events).toEqual([])
    expect(a.link.isOutdatedBy({ from: 'other', to: 'before' })).toBe(false)
  })

  it('are outdated by another one that speaks to them, or to whoever is there', async () => {
    const [a] = [open(ana), open(ben)]
    expect(a.link.isOutdatedBy({ from: 'any', to: null })).toBe(false)
    await wait(200)
    const { from: itself, to: other } = path.passed.at(-1)?.ends ?? { from: '', to: null }
    const [own, bens] = path.passed.at(-1)?.from === ana ? [itself, other] : [other, itself]
    expect(a.link.isOutdatedBy({ from: String(bens), to: null })).toBe(false)
    expect(a.link.isOutdatedBy({ from: 'newer', to: null })).toBe(true)
    expect(a.link.isOutdatedBy({ from: 'newer', to: own })).toBe(true)
    expect(a.link.isOutdatedBy({ from: 'newer', to: 'before' })).toBe(false)
  })

  it('never offer from the side that is called', async () => {
    const [, b] = [open(ana), open(ben)]
    await wait(200)
    network.cut()
    b.link.repair()
    await wait(5000)
    expect(path.saidBy(ben)).not.toContain('offer')
    expect(path.saidBy(ana)).not.toContain('answer')
  })
})

describe('closing', () => {
  it('at any moment is quiet and final', async () => {
    for (let turns = 0; turns < 60; turns += 1) {
      const [a, b] = [open(ana), open(ben)]
      a.link.setMedia('camera', { mediaTrack: new FakeTrack('video'), muted: false })
      for (let turn = 0; turn < turns; turn += 1) await (turn % 4 === 3 ? wait(5) : Promise.resolve())
      const [closed, other] = turns % 2 ? [a, b] : [b, a]
      closed.link.close()
      const said = path.passed.length
      closed.link.close()
      closed.link.setMedia('camera', null)
      closed.link.ask([{ source: 'camera', heightPx: 100 }])
      closed.link.repair()
      closed.link.receive({ from: 'other', to: null }, { type: 'hello' })
      closed.pc.dispatchEvent(new Event('connectionstatechange'))
      closed.pc.dispatchEvent(Object.assign(new Event('icecandidate'), { candidate: { candidate: '' } }))
      other.link.close()
      expect(vi.getTimerCount() <= path.passed.length).toBe(true)
      await wait(10_000)
      expect(path.passed.length).toBe(said)
      expect(closed.events).not.toContain('failed')
    }
  })
})
