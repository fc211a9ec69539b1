import {
  type ConsumerId,
  ConsumerOptions,
  type MediaSession,
  ParticipantId,
  type RequestName,
  type RtpParameters,
} from '@video-meet/protocol'
import { FakeHandler, testFakeParameters, type types } from 'mediasoup-client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { silentLogger } from '../../core/logger.ts'
import { SignalingClient } from '../../signaling/signaling-client.ts'
import {
  FakeRefusal,
  FakeServer,
  buildJoinReply,
  buildMediaSession,
  buildParticipant,
} from '../../testing/fake-server.ts'
import { FakeTrack } from '../../testing/fake-track.ts'
import { IceServers } from '../ice-servers.ts'
import type { Topology, TopologyStart } from '../topology.ts'
import { createSfuEngine } from './sfu-engine.ts'
import { SfuReceiver } from './sfu-receiver.ts'

const ana = ParticipantId.parse('6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b')
let server: FakeServer
let signaling: SignalingClient
let iceServers: IceServers
let topology: Topology
let handlers: FakeHandler[]
let madeWith: (RTCIceServer[] | undefined)[]
let events: string[]

function buildConsumer(id: string, source: ConsumerOptions['source'] = 'camera'): ConsumerOptions {
  const codecMimeType = source === 'camera' ? 'video/VP8' : 'audio/opus'
  const remote = testFakeParameters.generateConsumerRemoteParameters({ id, codecMimeType })
  return ConsumerOptions.parse({ ...remote, participantId: ana, source })
}

/** Lets everything that is under way, microtasks included, come to rest. */
function settle(): Promise<unknown> {
  return vi.advanceTimersByTimeAsync(0)
}

function requests(): RequestName[] {
  return server.channel.sent.map(({ name }) => name as RequestName)
}

const self = ParticipantId.parse(crypto.randomUUID())

/** In a call that goes through the server and to which nobody else is listed. */
function restore(media: MediaSession, published: TopologyStart['published']): void {
  const way = { epoch: 0, mode: 'sfu', reason: 'setting', settled: true } as const
  const { codecs } = buildJoinReply().snapshot
  topology.restore({ self, media, published, snapshot: { participants: [], topology: way, codecs } })
}

async function reconnect(media: MediaSession, published: TopologyStart['published']): Promise<void> {
  server.channel.drop()
  server.channel.connect(1000)
  await settle()
  server.channel.sent.length = 0
  restore(media, published)
  signaling.openGate()
  await settle()
}

beforeEach(async () => {
  vi.useFakeTimers()
  server = new FakeServer()
  server.answer('sfu.produce', () => ({ producerId: crypto.randomUUID() }))
  server.answer('sfu.restartIce', () => ({ iceParameters: { usernameFragment: 'u', password: 'p' } }))
  signaling = new SignalingClient({ channel: server.channel, log: silentLogger })
  handlers = []
  madeWith = []
  const fake = FakeHandler.createFactory(testFakeParameters)
  const handlerFactory: types.HandlerFactory = {
    ...fake,
    factory: (options) => {
      const handler = fake.factory(options)
      madeWith.push(options.iceServers)
      if (handler instanceof FakeHandler) handlers.push(handler)
      return handler
    },
  }
  const engine = await createSfuEngine(
    testFakeParameters.generateRouterRtpCapabilities() as unknown as Parameters<typeof createSfuEngine>[0],
    handlerFactory,
  )
  iceServers = new IceServers({ request: signaling.request, log: silentLogger })
  topology = engine.createTopology({
    request: signaling.request,
    onNotification: signaling.onNotification,
    iceServers,
    log: silentLogger,
  })
  events = []
  topology.on('mediaReceived', (_, source, track) => events.push(`received ${source} ${track.kind}`))
  topology.on('mediaLost', (_, source) => events.push(`lost ${source}`))
  topology.on('publishFailed', (source) => events.push(`failed ${source}`))
  server.channel.connect(1000)
  await settle()
  signaling.openGate()
})
afterEach(() => {
  topology.close()
  signaling.close()
  vi.useRealTimers()
})

describe('receiving', () => {
  it('consumes everything there is with one connect and one resume', async () => {
    const consumers = [buildConsumer('c1'), buildConsumer('c2', 'microphone')]
    restore(buildMediaSession({ consumers }), [])
    await settle()
    expect(requests()).toEqual(['sfu.connectTransport', 'sfu.resumeConsumers'])
    expect(server.inputsOf('sfu.resumeConsumers')).toEqual([{ consumerIds: ['c1', 'c2'] }])
    expect(events).toEqual(['received camera video', 'received microphone audio'])
  })

  it('counts a consumer once that is both listed and told of', async () => {
    const consumer = buildConsumer('c1')
    restore(buildMediaSession({ consumers: [consumer] }), [])
    server.notify('sfu.consumerOpened', consumer)
    await settle()
    expect(events).toEqual(['received camera video'])
  })

  it('resumes those that open together by one request', async () => {
    restore(buildMediaSession(), [])
    server.notify('sfu.consumerOpened', buildConsumer('c1'))
    server.notify('sfu.consumerOpened', buildConsumer('c2', 'microphone'))
    await settle()
    const resumed = server.inputsOf('sfu.resumeConsumers') as { consumerIds: string[] }[]
    expect(resumed.flatMap(({ consumerIds }) => consumerIds)).toEqual(['c1', 'c2'])
    expect(requests().filter((name) => name === 'sfu.connectTransport')).toHaveLength(1)
  })

  it('tells that a track is lost when its consumer closes, but not when a newer one has replaced it', async () => {
    restore(buildMediaSession({ consumers: [buildConsumer('c1')] }), [])
    await settle()
    server.notify('sfu.consumerOpened', buildConsumer('c2'))
    server.notify('sfu.consumerClosed', { consumerId: 'c1' })
    await settle()
    expect(events).toEqual(['received camera video', 'received camera video'])
    server.notify('sfu.consumerClosed', { consumerId: 'c2' })
    await settle()
    expect(events.at(-1)).toBe('lost camera')
  })

  it('asks for the layer that the tile needs, for the consumers of later sessions too', async () => {
    restore(buildMediaSession({ consumers: [buildConsumer('c1')] }), [])
    topology.setDemand(ana, 'camera', { heightPx: 540 })
    await vi.advanceTimersByTimeAsync(100)
    await reconnect(buildMediaSession({ consumers: [buildConsumer('c2')] }), [])
    await vi.advanceTimersByTimeAsync(100)
    expect(server.inputsOf('sfu.setLayers').at(-1)).toEqual({
      layers: [{ consumerId: 'c2' as ConsumerId, spatialLayer: 2 }],
    })
  })
})

describe('when nothing comes in', () => {
  const camera = { source: 'camera', muted: false } as const
  let bytesSent: number
  let perSecond: number

  beforeEach(async () => {
    bytesSent = 0
    perSecond = 10_000
    server.answer('sfu.getStats', () => {
      bytesSent += perSecond
      const none = { bytesReceived: 0, bytesSent: 0 }
      return { sendTransport: none, receiveTransport: { bytesReceived: 0, bytesSent } }
    })
    server.answer('sfu.openSession', () => buildMediaSession({ consumers: [buildConsumer('c2')] }))
    // What the stand-in for the browser does not have: a receiver to which nothing comes.
    const receiver = { getStats: () => Promise.resolve(new Map()) } as unknown as RTCRtpReceiver
    vi.spyOn(SfuReceiver.prototype, 'receiver').mockReturnValue(receiver)
    topology.restore({
      self,
      media: buildMediaSession({ consumers: [buildConsumer('c1')] }),
      published: [],
      snapshot: {
        participants: [buildParticipant({ id: ana, tracks: [camera] })],
        topology: { epoch: 0, mode: 'sfu', reason: 'setting', settled: true },
        codecs: buildJoinReply().snapshot.codecs,
      },
    })
    await vi.advanceTimersByTimeAsync(4000)
    await vi.dynamicImportSettled()
    server.channel.sent.length = 0
  })

  it('though the server sends it, looks for other paths, then for another session', async () => {
    await vi.advanceTimersByTimeAsync(7000)
    expect(requests().filter((name) => name !== 'sfu.getStats')).toEqual(['sfu.restartIce'])
    await vi.advanceTimersByTimeAsync(5000)
    expect(requests()).toContain('sfu.openSession')
  })

  afterEach(() => vi.restoreAllMocks())

  it('because the network is another one, looks for other paths at once', async () => {
    topology.networkChanged()
    await settle()
    expect(requests()).toEqual(['sfu.restartIce'])
  })

  it('and the server has nothing to send, leaves the way as it is', async () => {
    perSecond = 100
    await vi.advanceTimersByTimeAsync(60_000)
    expect(new Set(requests())).toEqual(new Set(['sfu.getStats']))
  })
})

describe('publishing', () => {
  it('produces microphone and camera without waiting for each other', async () => {
    server.answer('sfu.produce', () => new Promise(() => {}))
    restore(buildMediaSession(), [])
    topology.publish('microphone', { mediaTrack: new FakeTrack('audio'), muted: true })
    topology.publish('camera', { mediaTrack: new FakeTrack('video'), muted: false })
    await settle()
    expect(requests()).toEqual(['sfu.connectTransport', 'sfu.produce', 'sfu.produce'])
    expect(server.inputsOf('sfu.produce')).toMatchObject([
      { source: 'microphone', muted: true },
      { source: 'camera', muted: false, rtpParameters: { encodings: [{}, {}, {}] } },
    ])
  })

  it('encodes no more than somebody shows, and forgets that with the session', async () => {
    restore(buildMediaSession(), [])
    const layers = vi.spyOn(FakeHandler.prototype, 'setMaxSpatialLayer')
    topology.publish('microphone', { mediaTrack: new FakeTrack('audio'), muted: false })
    topology.publish('camera', { mediaTrack: new FakeTrack('video'), muted: false })
    await settle()
    expect(layers).not.toHaveBeenCalled()
    for (const spatialLayer of [0, 2, null])
      server.notify('sfu.layerWanted', { source: 'camera', spatialLayer })
    await settle()
    expect(layers.mock.lastCall?.[1]).toBe(-1)
    server.notify('sfu.layerWanted', { source: 'camera', spatialLayer: 1 })
    await settle()
    expect(layers.mock.lastCall?.[1]).toBe(1)
    layers.mockClear()
    await reconnect(buildMediaSession(), [])
    expect(server.inputsOf('sfu.produce')).toHaveLength(2)
    expect(layers).not.toHaveBeenCalled()
  })

  it('sends no larger a camera than its owner wants, now and later, whatever others show', async () => {
    restore(buildMediaSession(), [])
    const layers = vi.spyOn(FakeHandler.prototype, 'setMaxSpatialLayer').mockClear()
    const layer = () => layers.mock.lastCall?.[1]
    topology.publish('camera', { mediaTrack: new FakeTrack('video'), muted: false })
    await settle()
    topology.setQuality('low')
    await vi.dynamicImportSettled()
    await settle()
    expect(layer()).toBe(0)
    server.notify('sfu.layerWanted', { source: 'camera', spatialLayer: 2 })
    topology.setQuality('standard')
    await settle()
    expect(layer()).toBe(1)
    await reconnect(buildMediaSession(), [])
    await settle()
    expect(layers).toHaveBeenCalledTimes(3)
    expect(layer()).toBe(1)
    topology.setQuality('high')
    await settle()
    expect(layer()).toBe(3)
  })

  it('sends pictures with the codec that is wanted while everyone knows it, and then with VP8 again', async () => {
    restore(buildMediaSession(), [])
    const sent = () =>
      server
        .inputsOf('sfu.produce')
        .map((input) => (input as { rtpParameters: RtpParameters }).rtpParameters.codecs[0]?.mimeType)
    topology.publish('microphone', { mediaTrack: new FakeTrack('audio'), muted: false })
    topology.publish('screen', { mediaTrack: new FakeTrack('video'), muted: false })
    await settle()
    const stopped = vi.spyOn(FakeHandler.prototype, 'stopSending')
    topology.setVideoCodec('vp9')
    await settle()
    expect(sent()).toEqual(['audio/opus', 'video/VP8'])
    server.notify('codecs.changed', { shared: ['vp8', 'vp9'], preferred: 'vp8' })
    await vi.dynamicImportSettled()
    await settle()
    expect(sent().slice(2)).toEqual(['video/VP9'])
    expect(stopped).toHaveBeenCalledOnce()
    server.notify('codecs.changed', { shared: ['vp8'], preferred: 'vp8' })
    await settle()
    expect(sent().slice(3)).toEqual(['video/VP8'])
    expect(stopped).toHaveBeenCalledTimes(2)
    expect(requests()).not.toContain('track.unpublish')
    expect(events).toEqual([])
  })

  it('keeps a microphone that may not be opened, and sends it when it may', async () => {
    let allowed = false
    server.answer('sfu.produce', () => {
      if (!allowed) throw new FakeRefusal('forbidden')
      return { producerId: crypto.randomUUID() }
    })
    restore(buildMediaSession(), [{ source: 'microphone', muted: true }])
    const mediaTrack = new FakeTrack('audio')
    topology.publish('microphone', { mediaTrack, muted: true })
    await settle()
    expect(events).toEqual([])
    allowed = true
    topology.publish('microphone', { mediaTrack, muted: false })
    await settle()
    expect(server.inputsOf('sfu.produce').at(-1)).toMatchObject({ source: 'microphone', muted: false })
    expect(events).toEqual([])
  })

  it('gives up what is forbidden while it is being sent, which is no fault', async () => {
    const complaint = vi.spyOn(silentLogger, 'error')
    server.answer('sfu.produce', () => {
      throw new FakeRefusal('forbidden')
    })
    restore(buildMediaSession(), [])
    topology.publish('screen', { mediaTrack: new FakeTrack('video'), muted: false })
    await settle()
    expect(events).toEqual(['failed screen'])
    expect(complaint).not.toHaveBeenCalled()
  })

  it('goes to the server or is only listed, as it is told, and stays listed over the change', async () => {
    restore(buildMediaSession(), [])
    topology.publish('camera', { mediaTrack: new FakeTrack('video'), muted: false })
    await settle()
    server.channel.sent.length = 0
    const way = (mode: 'direct' | 'sfu', epoch: number) =>
      server.notify('topology.changed', { epoch, mode, reason: 'few_people', settled: true })
    way('direct', 1)
    await settle()
    expect(requests()).toEqual(['sfu.closeProducer'])
    topology.publish('camera', { mediaTrack: null, muted: true })
    topology.publish('microphone', { mediaTrack: new FakeTrack('audio'), muted: false })
    await settle()
    expect(requests().slice(1)).toEqual(['track.setMuted', 'track.publish'])
    topology.publish('camera', { mediaTrack: new FakeTrack('video'), muted: false })
    await settle()
    server.channel.sent.length = 0
    way('sfu', 2)
    await settle()
    expect(requests()).toEqual(['sfu.produce', 'sfu.produce'])
  })

  it('tells the server of a mute that came while it was producing, after that', async () => {
    const produced = Promise.withResolvers<{ producerId: string }>()
    server.answer('sfu.produce', () => produced.promise)
    restore(buildMediaSession(), [])
    const mediaTrack = new FakeTrack('audio')
    topology.publish('microphone', { mediaTrack, muted: false })
    await settle()
    topology.publish('microphone', { mediaTrack, muted: true })
    await settle()
    expect(requests()).not.toContain('track.setMuted')
    produced.resolve({ producerId: 'p' })
    await settle()
    expect(server.inputsOf('track.setMuted')).toEqual([{ source: 'microphone', muted: true }])
  })

  it('turns a camera off and on over the same producer', async () => {
    restore(buildMediaSession(), [])
    topology.publish('camera', { mediaTrack: new FakeTrack('video'), muted: false })
    await settle()
    topology.publish('camera', { mediaTrack: null, muted: true })
    await settle()
    topology.publish('camera', { mediaTrack: new FakeTrack('video'), muted: false })
    await settle()
    expect(requests().filter((name) => name === 'sfu.produce')).toHaveLength(1)
    expect(server.inputsOf('track.setMuted')).toEqual([
      { source: 'camera', muted: true },
      { source: 'camera', muted: false },
    ])
  })

  it('takes a track away', async () => {
    restore(buildMediaSession(), [])
    topology.publish('screen', { mediaTrack: new FakeTrack('video'), muted: false })
    await settle()
    topology.unpublish('screen')
    await settle()
    expect(server.inputsOf('track.unpublish')).toEqual([{ source: 'screen' }])
  })

  it('gives up what the server refuses, and tries again what it is too busy for', async () => {
    const answers = [
      () => {
        throw new FakeRefusal('media_unavailable')
      },
      () => ({ producerId: 'p' }),
    ]
    server.answer('sfu.produce', () => answers.shift()?.())
    restore(buildMediaSession(), [])
    topology.publish('camera', { mediaTrack: new FakeTrack('video'), muted: false })
    await vi.advanceTimersByTimeAsync(2000)
    expect(requests().filter((name) => name === 'sfu.produce')).toHaveLength(2)
    expect(events).toEqual([])
    server.answer('sfu.produce', () => {
      throw new FakeRefusal('unsupported_media')
    })
    topology.publish('screen', { mediaTrack: new FakeTrack('video'), muted: false })
    await settle()
    expect(events).toEqual(['failed screen'])
  })
})

describe('coming back', () => {
  it('keeps the session that the server kept: nothing is produced or consumed again', async () => {
    const media = buildMediaSession({ consumers: [buildConsumer('c1')] })
    restore(media, [])
    topology.publish('camera', { mediaTrack: new FakeTrack('video'), muted: false })
    await settle()
    expect(topology.mediaSessionId).toBe(media.id)
    for (const handler of handlers) handler.setConnectionState('connected')
    await reconnect(media, [{ source: 'camera', muted: false }])
    expect(requests()).toEqual([])
    expect(handlers).toHaveLength(2)
    expect(events).toEqual(['received camera video'])
  })

  it('consumes what opened and drops what closed meanwhile', async () => {
    const media = buildMediaSession({ consumers: [buildConsumer('c1')] })
    restore(media, [])
    await settle()
    await reconnect({ ...media, consumers: [buildConsumer('c2', 'microphone')] }, [])
    expect(server.inputsOf('sfu.resumeConsumers')).toEqual([{ consumerIds: ['c2'] }])
    expect(events).toEqual(['received camera video', 'lost camera', 'received microphone audio'])
  })

  it('tells the server of what was muted meanwhile', async () => {
    const media = buildMediaSession()
    const mediaTrack = new FakeTrack('audio')
    restore(media, [])
    topology.publish('microphone', { mediaTrack, muted: false })
    await settle()
    server.channel.drop()
    topology.publish('microphone', { mediaTrack, muted: true })
    await vi.advanceTimersByTimeAsync(60_000)
    await reconnect(media, [{ source: 'microphone', muted: false }])
    expect(server.inputsOf('track.setMuted')).toEqual([{ source: 'microphone', muted: true }])
  })

  it('produces again over the same session what the server does not have', async () => {
    const media = buildMediaSession()
    server.answer('sfu.produce', () => new Promise(() => {}))
    restore(media, [])
    topology.publish('camera', { mediaTrack: new FakeTrack('video'), muted: false })
    await settle()
    for (const handler of handlers) handler.setConnectionState('connected')
    await reconnect(media, [])
    expect(requests()).toEqual(['sfu.produce'])
  })

  it('builds a new session where the server has another, and produces everything again', async () => {
    restore(buildMediaSession({ consumers: [buildConsumer('c1')] }), [])
    topology.publish('microphone', { mediaTrack: new FakeTrack('audio'), muted: true })
    topology.publish('camera', { mediaTrack: null, muted: true })
    await settle()
    const media = buildMediaSession({ consumers: [buildConsumer('c2')] })
    await reconnect(media, [])
    expect(topology.mediaSessionId).toBe(media.id)
    expect(server.inputsOf('sfu.produce')).toMatchObject([{ source: 'microphone', muted: true }])
    expect(events).toEqual(['received camera video', 'received camera video'])
  })

  it('takes away what the server still lists and nobody sends', async () => {
    restore(buildMediaSession(), [{ source: 'screen', muted: false }])
    await settle()
    expect(server.inputsOf('track.unpublish')).toEqual([{ source: 'screen' }])
  })

  it('restarts ICE of transports that lost their path, and asks for whole pictures when they have one', async () => {
    const media = buildMediaSession({ consumers: [buildConsumer('c1'), buildConsumer('c2', 'microphone')] })
    restore(media, [])
    await settle()
    handlers[0]?.setConnectionState('connected')
    handlers[0]?.setConnectionState('disconnected')
    await reconnect(media, [])
    expect(server.inputsOf('sfu.restartIce')).toEqual([{ transportId: 'receive' }])
    handlers[0]?.setConnectionState('connected')
    await settle()
    expect(server.inputsOf('sfu.resumeConsumers').at(-1)).toEqual({ consumerIds: ['c1'] })
  })
})

describe('STUN and TURN servers', () => {
  const turn = (username: string) => ({ urls: ['turn:turn.example.org'], username, credential: 'secret' })
  const told = (username: string) => ({ servers: [turn(username)], lifetimeSeconds: null })

  it('are those of the moment when transports are made', async () => {
    iceServers.accept(told('first'))
    restore(buildMediaSession(), [])
    iceServers.accept(told('second'))
    await reconnect(buildMediaSession(), [])
    expect(madeWith).toEqual([[turn('first')], [turn('first')], [turn('second')], [turn('second')]])
  })

  it.each([
    { browser: 'a browser that can change them', refusal: null },
    // Firefox, by what mediasoup-client knows of it.
    { browser: 'one that cannot, which keeps those it had', refusal: new Error('not supported') },
  ])('are those of the moment when ICE restarts, in $browser', async ({ refusal }) => {
    iceServers.accept(told('first'))
    restore(buildMediaSession({ consumers: [buildConsumer('c1')] }), [])
    await settle()
    const [receiving] = handlers
    if (!receiving) throw new Error('nothing receives')
    const calls: unknown[] = []
    vi.spyOn(receiving, 'updateIceServers').mockImplementation(async (servers) => {
      calls.push(servers)
      if (refusal) throw refusal
    })
    vi.spyOn(receiving, 'restartIce').mockImplementation(async () => void calls.push('restart'))
    iceServers.accept(told('second'))
    await settle()
    expect(calls).toEqual([])
    receiving.setConnectionState('failed')
    await settle()
    expect(calls).toEqual([[turn('second')], 'restart'])
  })
})

describe('a session that is lost', () => {
  it('is replaced without leaving', async () => {
    const lost = buildMediaSession({ consumers: [buildConsumer('c1')] })
    const next = buildMediaSession({ consumers: [buildConsumer('c2')] })
    server.answer('sfu.openSession', () => next)
    restore(lost, [])
    topology.publish('camera', { mediaTrack: new FakeTrack('video'), muted: false })
    await settle()
    server.notify('sfu.sessionLost', { id: lost.id })
    await settle()
    expect(topology.mediaSessionId).toBe(next.id)
    expect(requests().filter((name) => name === 'sfu.produce')).toHaveLength(2)
    server.notify('sfu.sessionLost', { id: lost.id })
    await settle()
    expect(requests().filter((name) => name === 'sfu.openSession')).toHaveLength(1)
  })

  it('is asked for until the server has one', async () => {
    const lost = buildMediaSession()
    const next = buildMediaSession()
    const answers = [new FakeRefusal('media_unavailable'), new FakeRefusal('rate_limited'), null]
    server.answer('sfu.openSession', () => {
      const refusal = answers.shift()
      if (refusal) throw refusal
      return next
    })
    restore(lost, [])
    server.notify('sfu.sessionLost', { id: lost.id })
    await vi.advanceTimersByTimeAsync(3000)
    expect(topology.mediaSessionId).toBe(next.id)
  })

  it('is replaced when ICE restarts have not helped, and not offered to the server again', async () => {
    const broken = buildMediaSession({ consumers: [buildConsumer('c1')] })
    server.answer('sfu.openSession', () => new Promise(() => {}))
    restore(broken, [])
    await settle()
    handlers[0]?.setConnectionState('failed')
    await vi.advanceTimersByTimeAsync(10_000)
    expect(requests().filter((name) => name === 'sfu.restartIce')).toHaveLength(2)
    expect(requests().at(-1)).toBe('sfu.openSession')
    expect(topology.mediaSessionId).toBeUndefined()
  })

  it('is not replaced twice when a reconnect overtakes', async () => {
    const lost = buildMediaSession()
    const restored = buildMediaSession()
    server.answer('sfu.openSession', () => new Promise(() => {}))
    restore(lost, [])
    server.notify('sfu.sessionLost', { id: lost.id })
    await settle()
    await reconnect(restored, [])
    await vi.advanceTimersByTimeAsync(60_000)
    expect(topology.mediaSessionId).toBe(restored.id)
    expect(requests()).toEqual([])
  })
})

it('leaves no timer and no listener behind when it is closed', async () => {
  restore(buildMediaSession({ consumers: [buildConsumer('c1')] }), [])
  topology.setDemand(ana, 'camera', 'hidden')
  await settle()
  topology.close()
  topology.close()
  handlers[0]?.setConnectionState('failed')
  server.notify('sfu.consumerOpened', buildConsumer('c2'))
  await settle()
  signaling.close()
  expect(vi.getTimerCount()).toBe(0)
  expect(events).toEqual(['received camera video'])
})
