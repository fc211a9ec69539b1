import type {
  ClientTraits,
  MediaSession,
  MediaSessionId,
  NotificationPayload,
  ParticipantId,
  RoomSnapshot,
  RtpCapabilities,
  TrackSource,
  TrackState,
} from '@video-meet/protocol'
import type { Logger } from '../core/logger.ts'
import type { OnNotification, SendRequest } from '../signaling/signaling-client.ts'
import type { TrackDemand } from '../track.ts'
import type { QualityChoice } from './demands.ts'
import type { CurrentIceServers } from './ice-servers.ts'
import type { Way } from './received-media.ts'
import type { CodecChoice } from './video-codec.ts'

/** What a local track should send; without a media track it stays published, but silent or dark. */
export interface LocalMedia {
  readonly mediaTrack: MediaStreamTrack | null
  readonly muted: boolean
}

export type TopologyEvents = {
  /** A remote track can be played; replaces what was received for the same participant and source before. */
  mediaReceived: [participantId: ParticipantId, source: TrackSource, mediaTrack: MediaStreamTrack]
  mediaLost: [participantId: ParticipantId, source: TrackSource]
  /** A local track could not be published and is given up. */
  publishFailed: [source: TrackSource, error: unknown]
  /** Nothing comes in any more: the line to the server may be dead as well. */
  silenced: []
  /** After that, something comes in again. */
  revived: []
  /** Who speaks, where the server does not hear it. */
  speakersChanged: [speakers: NotificationPayload<'room.speakersChanged'>]
}

/** Of a join's reply, what says how media flows. */
export interface TopologyStart {
  readonly self: ParticipantId
  readonly media: MediaSession
  /** The own tracks as the server has them. */
  readonly published: readonly TrackState[]
  readonly snapshot: Pick<RoomSnapshot, 'participants' | 'topology' | 'codecs'>
}

/** Where something of somebody comes in. */
export interface ReceivingEnd {
  readonly way: Way
  readonly receiver: RTCRtpReceiver
}

/** Where a local track goes out. */
export interface SendingEnd {
  readonly way: Way
  readonly source: TrackSource
  /** To whom; null: to the server, for all. */
  readonly to: ParticipantId | null
  readonly sender: RTCRtpSender
}

/**
 * How media flows between the participants. It is told what should be so and brings it about, again after every loss of
 * the connection; so nothing here returns a promise.
 */
export interface Topology {
  on<N extends keyof TopologyEvents>(name: N, listener: (...values: TopologyEvents[N]) => void): () => void
  /** The media session that is held, to be offered to the server when coming back. */
  readonly mediaSessionId: MediaSessionId | undefined
  /** Begins, or goes on, as a join's reply says. */
  restore(start: TopologyStart): void
  /** Publishes a local track, or changes what it sends. */
  publish(source: TrackSource, media: LocalMedia): void
  unpublish(source: TrackSource): void
  setDemand(participantId: ParticipantId, source: TrackSource, demand: TrackDemand): void
  /** Limits what is received and sent of cameras. */
  setQuality(choice: QualityChoice): void
  /** Chooses what pictures are encoded with, as far as the others know it. */
  setVideoCodec(choice: CodecChoice): void
  /** This device may be on another network: other paths are looked for at once. */
  networkChanged(): void
  /** Where what is played of a source comes in; nothing of what nobody looks at does. */
  receiver(participantId: ParticipantId, source: TrackSource): ReceivingEnd | undefined
  /** Where the local tracks go out at this moment. */
  senders(): readonly SendingEnd[]
  close(): void
}

/** What a topology needs from the room. */
export interface TopologyContext {
  readonly request: SendRequest
  readonly onNotification: OnNotification
  readonly iceServers: CurrentIceServers
  readonly log: Logger
}

/** What of media is ready before joining. */
export interface MediaEngine {
  /** What this browser can receive of what the server offers. */
  readonly rtpCapabilities: RtpCapabilities
  readonly client: ClientTraits
  createTopology(context: TopologyContext): Topology
}
