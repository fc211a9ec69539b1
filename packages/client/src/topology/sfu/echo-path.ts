import type {
  ConsumerId,
  IceServer,
  ProducerId,
  RtpCapabilities,
  RtpParameters,
  TransportOptions,
} from '@video-meet/protocol'
import type { Device, types } from 'mediasoup-client'
import { createId } from '../../core/browser.ts'
import { loadDevice } from './device.ts'
import {
  capabilitiesToWire,
  dtlsParametersToWire,
  rtpParametersToWire,
  transportOptionsFromWire,
} from './rtp.ts'

/** What the server is asked for while a path is made. */
export interface EchoServer {
  connectTransport(
    id: TransportOptions['id'],
    dtlsParameters: ReturnType<typeof dtlsParametersToWire>,
  ): Promise<unknown>
  echo(kind: 'audio' | 'video', rtpParameters: RtpParameters): Promise<EchoedTrack>
  resume(): Promise<unknown>
}

interface EchoedTrack {
  readonly id: ConsumerId
  readonly producerId: ProducerId
  readonly kind: 'audio' | 'video'
  readonly rtpParameters: RtpParameters
}

export interface EchoPathOptions {
  readonly sendTransport: TransportOptions
  readonly receiveTransport: TransportOptions
  readonly iceServers: readonly IceServer[]
  /** Over which protocol to the server, or only over TURN. */
  readonly way: 'udp' | 'tcp' | 'relay'
  readonly server: EchoServer
}

/** Where a track goes out, and where it comes back. */
export interface Echo {
  readonly sender: RTCRtpSender
  readonly receiver: RTCRtpReceiver
}

/** This browser's codecs, made ready for the server's. */
export interface EchoDevice {
  readonly rtpCapabilities: RtpCapabilities
  openPath(options: EchoPathOptions): EchoPath
}

/** A way to the SFU and back to this browser. */
export interface EchoPath {
  send(track: MediaStreamTrack, maxBitrateBps?: number): Promise<Echo>
  close(): void
}

export async function createEchoDevice(routerRtpCapabilities: RtpCapabilities): Promise<EchoDevice> {
  const device = await loadDevice(routerRtpCapabilities)
  return {
    rtpCapabilities: capabilitiesToWire(device.recvRtpCapabilities),
    openPath: (options) => openPath(device, options),
  }
}

function openPath(device: Device, options: EchoPathOptions): EchoPath {
  const { server } = options
  const send = device.createSendTransport(transportOf(options.sendTransport, options))
  const receive = device.createRecvTransport(transportOf(options.receiveTransport, options))
  const echoed = new Map<string, Promise<EchoedTrack>>()
  for (const transport of [send, receive]) {
    transport.on('connect', ({ dtlsParameters }, done) => {
      const id = transport.id as TransportOptions['id']
      // What goes wrong shows in that nothing comes back.
      server.connectTransport(id, dtlsParametersToWire(dtlsParameters)).catch(() => {})
      done()
    })
  }
  send.on('produce', ({ kind, rtpParameters }, done) => {
    const id = createId()
    const track = server.echo(kind, rtpParametersToWire(rtpParameters))
    track.catch(() => {})
    echoed.set(id, track)
    done({ id })
  })
  return {
    async send(track, maxBitrateBps) {
      const producer = await send.produce({
        track,
        ...(maxBitrateBps !== undefined && encodingOf(device, maxBitrateBps)),
      })
      const options = await echoed.get(producer.id)
      if (!options || !producer.rtpSender) throw new TypeError('nothing was sent')
      const consumer = await receive.consume({
        ...options,
        rtpParameters: options.rtpParameters as unknown as types.RtpParameters,
      })
      await server.resume()
      if (!consumer.rtpReceiver) throw new TypeError('nothing comes back')
      return { sender: producer.rtpSender, receiver: consumer.rtpReceiver }
    },
    close() {
      send.close()
      receive.close()
    },
  }
}

/** A transport that has no other way than that which is tested. */
function transportOf(
  options: TransportOptions,
  { way, iceServers }: EchoPathOptions,
): types.TransportOptions {
  const protocol = way === 'tcp' ? 'tcp' : 'udp'
  return {
    ...transportOptionsFromWire({
      ...options,
      iceCandidates: options.iceCandidates.filter((candidate) => candidate.protocol === protocol),
    }),
    iceServers: way === 'relay' ? iceServers.map(serverOf) : [],
    iceTransportPolicy: way === 'relay' ? 'relay' : 'all',
  }
}

function encodingOf(device: Device, maxBitrate: number) {
  const codecs = device.sendRtpCapabilities.codecs ?? []
  const vp8 = codecs.find(({ mimeType }) => mimeType.toLowerCase() === 'video/vp8')
  return {
    encodings: [{ maxBitrate }],
    codecOptions: { videoGoogleStartBitrate: 1000 },
    ...(vp8 && { codec: vp8 }),
  }
}

/** As browsers take it: what is missing must not be there as undefined. */
function serverOf({ urls, username, credential }: IceServer): RTCIceServer {
  return {
    urls,
    ...(username !== undefined && { username }),
    ...(credential !== undefined && { credential }),
  }
}
