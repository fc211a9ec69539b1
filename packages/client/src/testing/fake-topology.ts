import type {
  ClientTraits,
  MediaSession,
  MediaSessionId,
  ParticipantId,
  TrackSource,
  TrackState,
} from '@video-meet/protocol'
import { Emitter } from '../core/emitter.ts'
import type { QualityChoice } from '../topology/demands.ts'
import type {
  LocalMedia,
  MediaEngine,
  ReceivingEnd,
  SendingEnd,
  Topology,
  TopologyContext,
  TopologyEvents,
  TopologyStart,
} from '../topology/topology.ts'
import type { CodecChoice } from '../topology/video-codec.ts'
import type { TrackDemand } from '../track.ts'

/** Remembers what it is told and moves no media. Tests emit what should arrive. */
export class FakeTopology extends Emitter<TopologyEvents> implements Topology {
  /** What it was made with. */
  context: TopologyContext | undefined
  mediaSessionId: MediaSessionId | undefined
  /** What is published at this moment. */
  readonly published = new Map<TrackSource, LocalMedia>()
  /** The newest demand by participant and source. */
  readonly demands = new Map<string, TrackDemand>()
  /** Where media comes in, by participant and source. */
  readonly receivers = new Map<string, ReceivingEnd>()
  readonly sending: SendingEnd[] = []
  readonly restored: { readonly media: MediaSession; readonly published: readonly TrackState[] }[] = []
  closed = false
  quality: QualityChoice = 'auto'
  codec: CodecChoice = 'auto'
  /** How often it was told of another network. */
  networks = 0

  restore({ media, published }: TopologyStart): void {
    this.mediaSessionId = media.id
    this.restored.push({ media, published })
  }

  publish(source: TrackSource, media: LocalMedia): void {
    this.published.set(source, media)
  }

  unpublish(source: TrackSource): void {
    this.published.delete(source)
  }

  setDemand(participantId: ParticipantId, source: TrackSource, demand: TrackDemand): void {
    this.demands.set(`${participantId}/${source}`, demand)
  }

  receiver(participantId: ParticipantId, source: TrackSource): ReceivingEnd | undefined {
    return this.receivers.get(`${participantId}/${source}`)
  }

  senders(): readonly SendingEnd[] {
    return this.sending
  }

  setQuality(choice: QualityChoice): void {
    this.quality = choice
  }

  setVideoCodec(choice: CodecChoice): void {
    this.codec = choice
  }

  networkChanged(): void {
    this.networks += 1
  }

  close(): void {
    this.closed = true
  }
}

/** A browser that needs no preparing. */
export class FakeEngine implements MediaEngine {
  readonly rtpCapabilities = { codecs: [] }
  client: ClientTraits = { canLink: false, isPhone: false }
  readonly topology = new FakeTopology()

  createTopology(context: TopologyContext): FakeTopology {
    this.topology.context = context
    return this.topology
  }
}
