import type { LinkSignal, ParticipantId, TrackSource, VideoCodec } from '@video-meet/protocol'
import type { Logger } from '../../core/logger.ts'
import type { SendRequest } from '../../signaling/signaling-client.ts'
import type { TrackDemand } from '../../track.ts'
import type { CurrentIceServers } from '../ice-servers.ts'
import type { SendingLimits } from '../sending-limits.ts'
import type { LocalMedia } from '../topology.ts'
import type { CodecsToSend } from '../video-codec.ts'
import { serversForLinks } from './link-ice-servers.ts'
import { LinkLevels } from './link-levels.ts'
import { type LinkEnds, PeerLink } from './peer-link.ts'
import type { SpeakerLevels } from './speaker-choice.ts'
import { SpeakerWatch, type Voice } from './speaker-watch.ts'

export interface MeshOptions {
  readonly request: SendRequest
  readonly iceServers: CurrentIceServers
  readonly log: Logger
  /** A link has come up, or another one has taken its place. */
  readonly onChanged: () => void
  readonly onFailed: (participantId: ParticipantId) => void
  /** Whether the server lists a microphone of theirs as open. */
  readonly isHeard: (participantId: ParticipantId) => boolean
  readonly onSpeakers: (speakers: SpeakerLevels) => void
}

/** So many pages may one person open, one after the other, before it counts as no way to hold a link. */
const MOST_ENDS = 30
/** Sizes are asked for in steps: each of them makes the other end's encoder begin anew. */
const HEIGHT_STEP_PX = 60

/** What of a picture is asked for. */
interface Size {
  readonly heightPx: number
  readonly maxFps?: number
}

/** Everyone sends to each of the others over a link of their own. */
export class MeshTopology {
  readonly #options: MeshOptions
  readonly #links = new Map<ParticipantId, PeerLink>()
  /** The ends that were at the other side of links before: what they said may come late. */
  readonly #gone = new Map<ParticipantId, Set<string>>()
  readonly #media = new Map<TrackSource, LocalMedia>()
  readonly #demands = new Map<ParticipantId, Map<TrackSource, Size>>()
  readonly #levels = new LinkLevels()
  readonly #speakers: SpeakerWatch
  #limits: SendingLimits | undefined
  #codec: VideoCodec = 'vp8'
  #self: ParticipantId | null = null

  constructor(options: MeshOptions) {
    this.#options = options
    this.#speakers = new SpeakerWatch({ voices: () => this.#voices(), onChanged: options.onSpeakers })
  }

  /** Links to these people, and to nobody else. */
  connect(self: ParticipantId, others: readonly ParticipantId[]): void {
    if (self !== this.#self) this.disconnect()
    this.#self = self
    for (const [id, link] of this.#links) if (!others.includes(id)) this.#drop(id, link)
    for (const id of others) {
      const link = this.#links.get(id)
      if (!link || link.failed) this.#open(id)
    }
    if (this.#links.size > 0) this.#speakers.start()
    else this.stopListening()
  }

  /** The server hears who speaks, though links may go on for a moment. */
  stopListening(): void {
    this.#speakers.stop()
    this.#levels.close()
  }

  /** The line to the server was lost, or that of `only`: what was said meanwhile may not have arrived. */
  repair(only?: ParticipantId): void {
    for (const [id, link] of this.#links) if (only === undefined || id === only) link.repair()
  }

  networkChanged(): void {
    for (const link of this.#links.values()) link.networkChanged()
  }

  disconnect(): void {
    this.stopListening()
    for (const [id, link] of this.#links) this.#drop(id, link)
  }

  isConnectedTo(id: ParticipantId): boolean {
    return this.#links.get(id)?.connected === true
  }

  publish(source: TrackSource, media: LocalMedia): void {
    this.#media.set(source, media)
    for (const link of this.#links.values()) link.setMedia(source, media)
  }

  unpublish(source: TrackSource): void {
    this.#media.delete(source)
    for (const link of this.#links.values()) link.setMedia(source, null)
  }

  /** Sends no more than this, whoever wants it. */
  setLimits(limits: SendingLimits): void {
    this.#limits = limits
    for (const link of this.#links.values()) link.setLimits(limits)
  }

  setCodecs({ wanted }: CodecsToSend): void {
    this.#codec = wanted
    for (const link of this.#links.values()) link.setCodec(wanted)
  }

  setDemand(id: ParticipantId, source: TrackSource, demand: TrackDemand): void {
    const steps = demand === 'hidden' ? 0 : Math.ceil(Math.min(demand.heightPx, 9_000) / HEIGHT_STEP_PX)
    const size = {
      heightPx: steps * HEIGHT_STEP_PX,
      ...(demand !== 'hidden' && demand.maxFps !== undefined && { maxFps: demand.maxFps }),
    }
    const sizes = this.#demands.get(id) ?? new Map<TrackSource, Size>()
    this.#demands.set(id, sizes)
    const before = sizes.get(source)
    if (before?.heightPx === size.heightPx && before.maxFps === size.maxFps) return
    sizes.set(source, size)
    this.#links.get(id)?.ask([{ source, ...size }])
  }

  receiver(id: ParticipantId, source: TrackSource): RTCRtpReceiver | undefined {
    return this.#links.get(id)?.receiver(source)
  }

  /** Any link's: all of them send the same. */
  sender(source: TrackSource): RTCRtpSender | undefined {
    for (const link of this.#links.values()) if (link.connected) return link.sender(source)
    return undefined
  }

  /** What sends a source to each who is linked to. */
  senders(source: TrackSource): readonly { readonly to: ParticipantId; readonly sender: RTCRtpSender }[] {
    return [...this.#links].flatMap(([to, link]) => {
      const sender = link.connected ? link.sender(source) : undefined
      return sender?.track ? [{ to, sender }] : []
    })
  }

  signalled(id: ParticipantId, ends: LinkEnds, signal: LinkSignal): void {
    const link = this.#links.get(id)
    const gone = this.#gone.get(id) ?? new Set()
    // Of somebody who is linked to from now on this client hears from the server first.
    if (!link || gone.has(ends.from)) return
    if (link.isOutdatedBy(ends)) {
      if (link.otherEnd !== null) gone.add(link.otherEnd)
      if (gone.size > MOST_ENDS) return this.#giveUp(id, link)
      this.#gone.set(id, gone)
      this.#open(id)
    }
    this.#links.get(id)?.receive(ends, signal)
  }

  close(): void {
    this.disconnect()
    this.#media.clear()
    this.#demands.clear()
  }

  /** The microphones of all who are linked to, and the own one. */
  #voices(): readonly Voice[] {
    const others = [...this.#links.keys()].flatMap((participantId): Voice[] => {
      const receiver = this.#options.isHeard(participantId) && this.receiver(participantId, 'microphone')
      return [{ participantId, read: async () => (receiver ? this.#levels.ofReceiver(receiver) : null) }]
    })
    const [self, sender] = [this.#self, this.sender('microphone')]
    if (!self) return others
    return [
      ...others,
      { participantId: self, read: async () => (sender ? this.#levels.ofSender(sender) : null) },
    ]
  }

  #open(id: ParticipantId): void {
    const { log, onChanged, onFailed } = this.#options
    this.#links.get(id)?.close()
    this.#links.delete(id)
    try {
      const link = this.#createLink(id)
      this.#links.set(id, link)
      if (this.#limits) link.setLimits(this.#limits)
      link.setCodec(this.#codec)
      for (const [source, media] of this.#media) link.setMedia(source, media)
    } catch (error) {
      log.error('the browser makes no connection', { error })
      onFailed(id)
    }
    onChanged()
  }

  #createLink(id: ParticipantId): PeerLink {
    const { request, iceServers, log, onChanged, onFailed } = this.#options
    return new PeerLink({
      participantId: id,
      isCaller: this.#self !== null && this.#self < id,
      iceServers: { current: () => serversForLinks(iceServers.current()) },
      send: (ends, signal) => {
        request('link.signal', { participantId: id, ends, signal }).catch((error: unknown) =>
          log.debug('a signal did not arrive', { error }),
        )
      },
      log,
      onConnected: () => {
        const sizes = [...(this.#demands.get(id) ?? [])].map(([source, size]) => ({ source, ...size }))
        this.#links.get(id)?.ask(sizes)
        onChanged()
      },
      onFailed: () => onFailed(id),
    })
  }

  #giveUp(id: ParticipantId, link: PeerLink): void {
    this.#drop(id, link)
    this.#options.onFailed(id)
  }

  #drop(id: ParticipantId, link: PeerLink): void {
    this.#links.delete(id)
    this.#gone.delete(id)
    link.close()
    this.#options.onChanged()
  }
}
