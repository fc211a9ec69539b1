import * as z from 'zod/mini'
import { defineContract } from './contract.ts'
import { ConsumerId, MediaSessionId, ParticipantId, ProducerId, TransportId } from './ids.ts'
import { DtlsParameters, IceCandidate, IceParameters, RtpCapabilities, RtpParameters } from './rtp.ts'
import { listOf, named, whole } from './shapes.ts'
import { TrackKind, TrackSource } from './track.ts'

/** A WebRTC transport as the server made it. */
export const TransportOptions = named(
  'TransportOptions',
  z.object({
    id: TransportId,
    iceParameters: IceParameters,
    iceCandidates: z.array(IceCandidate),
    dtlsParameters: DtlsParameters,
  }),
)
export type TransportOptions = z.infer<typeof TransportOptions>

/** A consumer that the server made for this client. It is paused until the client resumes it. */
export const ConsumerOptions = named(
  'ConsumerOptions',
  z.object({
    id: ConsumerId,
    producerId: ProducerId,
    participantId: ParticipantId,
    source: TrackSource,
    kind: TrackKind,
    rtpParameters: RtpParameters,
  }),
)
export type ConsumerOptions = z.infer<typeof ConsumerOptions>

/** Both transports of a client and every consumer there is for it at this moment. */
export const MediaSession = named(
  'MediaSession',
  z.object({
    id: MediaSessionId,
    sendTransport: TransportOptions,
    receiveTransport: TransportOptions,
    consumers: z.array(ConsumerOptions),
  }),
)
export type MediaSession = z.infer<typeof MediaSession>

/** Spatial layer of a simulcast or SVC track, 0 the smallest; `null` asks for nothing at all. */
export const SpatialLayer = z.nullable(whole(0, 3))

/** How much of a consumer is needed. */
const WantedLayers = z.strictObject({
  consumerId: ConsumerId,
  spatialLayer: SpatialLayer,
  /** 0 the slowest; without it every picture. */
  temporalLayer: z.optional(whole(0, 3)),
})

const TransportStats = z.object({
  /** Bytes since the transport was made. */
  bytesReceived: z.number(),
  bytesSent: z.number(),
  /** Bits per second that the server thinks this client can receive; absent while nothing was sent. */
  availableOutgoingBitrate: z.optional(z.number()),
  /** Local and remote protocol of the selected path; absent before ICE has connected. */
  protocol: z.optional(z.enum(['udp', 'tcp'])),
})

export const sfuContract = defineContract({
  requests: {
    /** New transports and consumers, in place of those that failed or died with a worker. */
    'sfu.openSession': {
      input: z.strictObject({ rtpCapabilities: RtpCapabilities }),
      output: MediaSession,
      limit: { burst: 5, perMinute: 10 },
    },
    'sfu.connectTransport': {
      input: z.strictObject({ transportId: TransportId, dtlsParameters: DtlsParameters }),
      output: z.object({}),
      limit: { burst: 10, perMinute: 20 },
    },
    'sfu.restartIce': {
      input: z.strictObject({ transportId: TransportId }),
      output: z.object({ iceParameters: IceParameters }),
      limit: { burst: 4, perMinute: 10 },
    },
    'sfu.produce': {
      input: z.strictObject({ source: TrackSource, rtpParameters: RtpParameters, muted: z.boolean() }),
      output: z.object({ producerId: ProducerId }),
      limit: { burst: 8, perMinute: 20 },
    },
    /** Nothing of this source goes to the server any more; the track stays published. */
    'sfu.closeProducer': {
      input: z.strictObject({ source: TrackSource }),
      output: z.object({}),
      limit: { burst: 20, perMinute: 60 },
    },
    /** Tells that the client is ready to receive; the first picture follows a key frame asked for now. */
    'sfu.resumeConsumers': {
      input: z.strictObject({ consumerIds: listOf(ConsumerId, 1, 100) }),
      output: z.object({}),
      limit: { burst: 60, perMinute: 240 },
    },
    /** The layers that this client's tiles need now; `null` pauses what nobody sees. */
    'sfu.setLayers': {
      input: z.strictObject({
        layers: listOf(WantedLayers, 1, 100),
      }),
      output: z.object({}),
      limit: { burst: 60, perMinute: 240 },
    },
    'sfu.getStats': {
      input: z.strictObject({}),
      output: z.object({ sendTransport: TransportStats, receiveTransport: TransportStats }),
      limit: { burst: 10, perMinute: 60 },
    },
  },
  notifications: {
    'sfu.consumerOpened': ConsumerOptions,
    'sfu.consumerClosed': z.object({ consumerId: ConsumerId }),
    /** The largest layer of an own picture that is of use to anyone at this moment; `null` when nobody shows it. */
    'sfu.layerWanted': z.object({ source: TrackSource, spatialLayer: SpatialLayer }),
    /** The server's side of the media session is gone (its worker died): open a new one. */
    'sfu.sessionLost': z.object({ id: MediaSessionId }),
  },
})
