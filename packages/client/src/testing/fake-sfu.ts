import type { MediaSessionId, ParticipantId, TrackSource } from '@video-meet/protocol'
import { kindOfSource } from '@video-meet/protocol'
import { Emitter } from '../core/emitter.ts'
import type { SendingLimits } from '../topology/sending-limits.ts'
import type { LocalMedia, TopologyEvents } from '../topology/topology.ts'
import type { CodecsToSend } from '../topology/video-codec.ts'
import type { TrackDemand } from '../track.ts'
import { FakeTrack } from './fake-track.ts'

/** The way through the server as far as it is seen from outside. Tests say what arrives. */
export class FakeSfu extends Emitter<TopologyEvents> {
  mediaSessionId: MediaSessionId | undefined
  isSending = true
  restored = 0
  closed = 0
  askedForPictures = 0
  /** How often it was looked whether something arrives. */
  looks = 0
  codecs: CodecsToSend | undefined
  readonly published = new Map<TrackSource, LocalMedia>()
  readonly demands = new Map<string, TrackDemand>()
  limits: SendingLimits | undefined
  readonly #receivers = new Map<string, { readonly track: FakeTrack; received: number }>()

  /** A track is received; what it carries comes with `flow`. */
  open(id: ParticipantId, source: TrackSource): FakeTrack {
    const track = new FakeTrack(kindOfSource(source))
    this.#receivers.set(`${id}/${source}`, { track, received: 0 })
    this.emit('mediaReceived', id, source, track)
    return track
  }

  flow(id: ParticipantId, source: TrackSource): void {
    const receiver = this.#receivers.get(`${id}/${source}`)
    if (receiver) receiver.received = 100
  }

  end(id: ParticipantId, source: TrackSource): void {
    this.#receivers.delete(`${id}/${source}`)
    this.emit('mediaLost', id, source)
  }

  restore(): void {
    this.restored += 1
  }

  publish(source: TrackSource, media: LocalMedia): void {
    this.published.set(source, media)
  }

  unpublish(source: TrackSource): void {
    this.published.delete(source)
  }

  setSending(sending: boolean): void {
    this.isSending = sending
  }

  setCodecs(codecs: CodecsToSend): void {
    this.codecs = codecs
  }

  setLimits(limits: SendingLimits): void {
    this.limits = limits
  }

  setDemand(id: ParticipantId, source: TrackSource, demand: TrackDemand): void {
    this.demands.set(`${id}/${source}`, demand)
  }

  receiver(id: ParticipantId, source: TrackSource) {
    const receiver = this.#receivers.get(`${id}/${source}`)
    if (!receiver) return undefined
    const { track } = receiver
    const getStats = () => {
      this.looks += 1
      const { received } = receiver
      const inbound = { type: 'inbound-rtp', packetsReceived: received, framesDecoded: received }
      return Promise.resolve(new Map([['inbound', inbound]]))
    }
    return { track, getStats }
  }

  sender(): undefined {}

  askForPictures(): void {
    this.askedForPictures += 1
  }

  mend(): void {}

  close(): void {
    this.closed += 1
    this.removeAllListeners()
  }
}
