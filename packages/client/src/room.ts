import type {
  CallSettings,
  JoinReply,
  MeetingCode,
  NotificationPayload,
  ParticipantId,
  RoomSnapshot,
  TopologyState,
  TrackSource,
} from '@video-meet/protocol'
import { Emitter } from './core/emitter.ts'
import { type Logger, createLogger } from './core/logger.ts'
import { type ReadableStore, Store } from './core/store.ts'
import { UndoList } from './core/undo-list.ts'
import { AudioOutput } from './devices/audio-output.ts'
import { JoinError } from './errors.ts'
import { type Features, closeFeatures, createFeatures, restoreFeatures } from './features/registry.ts'
import { type CaptureFunctions, type InitialMedia, LocalParticipant } from './local-participant.ts'
import type { Participant, ParticipantChange } from './participant.ts'
import type { RoomEndReason, RoomEvents, RoomState } from './room-events.ts'
import { Roster } from './room-roster.ts'
import type { RoomSeat } from './room-seat.ts'
import type { PreparedSession } from './room-session.ts'
import { Speakers } from './room-speakers.ts'
import type { QualityChoice } from './topology/demands.ts'
import { IceServers } from './topology/ice-servers.ts'
import { watchNetwork } from './topology/network-watch.ts'
import type { MediaEngine, Topology } from './topology/topology.ts'
import type { CodecChoice } from './topology/video-codec.ts'

/** What a room is opened with; `joinRoom` puts it together. */
export interface RoomOptions {
  readonly code: MeetingCode
  readonly name: string
  readonly session: PreparedSession
  readonly seat: RoomSeat
  readonly engine: MediaEngine
  readonly reply: JoinReply
  readonly media: InitialMedia
  readonly capture?: CaptureFunctions | undefined
}

const LEAVE_WITHIN_MS = 1000

/** A stay in a meeting: who is there, what they show and say, and the way out. `joinRoom` opens it. */
export class Room extends Emitter<RoomEvents> {
  readonly code: MeetingCode
  readonly meeting: RoomSnapshot['meeting']
  readonly localParticipant: LocalParticipant
  readonly features: Features
  /** Plays what others say; choose the loudspeaker here. */
  readonly audioOutput: AudioOutput
  readonly #session: PreparedSession
  readonly #seat: RoomSeat
  readonly #iceServers: IceServers
  readonly #topology: Topology
  readonly #roster: Roster
  readonly #speakers: Speakers
  readonly #log: Logger
  readonly #state = new Store<RoomState>({ status: 'connected' })
  readonly #settings: Store<CallSettings>
  readonly #topologyState: Store<TopologyState>
  readonly #quality = new Store<QualityChoice>('auto')
  readonly #videoCodec = new Store<CodecChoice>('auto')
  readonly #undo = new UndoList()
  readonly #ending = new AbortController()

  constructor(options: RoomOptions) {
    super()
    const { session, reply } = options
    const { signaling, logSink } = session
    this.code = options.code
    this.meeting = reply.snapshot.meeting
    this.#session = session
    this.#seat = options.seat
    this.#log = createLogger('room', logSink)
    const context = (scope: string) => ({
      request: signaling.request,
      onNotification: signaling.onNotification,
      log: createLogger(scope, logSink),
    })
    this.#iceServers = new IceServers(context('media'))
    this.#topology = options.engine.createTopology({ ...context('media'), iceServers: this.#iceServers })
    this.audioOutput = new AudioOutput(createLogger('audio', logSink))
    this.#settings = new Store(reply.snapshot.settings)
    this.#topologyState = new Store(reply.snapshot.topology)
    this.localParticipant = this.#createLocalParticipant(options)
    this.features = createFeatures({ ...context('features'), own: this.localParticipant })
    this.#roster = new Roster({
      localParticipant: this.localParticipant,
      events: this,
      onDemand: (...demand) => this.#topology.setDemand(...demand),
    })
    this.#speakers = new Speakers(this.#roster.participants)
    this.#followSignaling()
    this.#followMedia()
    this.#followPage()
    const { microphoneMuted = false } = options.media
    this.localParticipant.begin({
      ...options.media,
      microphoneMuted: microphoneMuted || reply.startMuted,
    })
    this.#apply(reply)
  }

  /** Connected, reconnecting or over. */
  get state(): ReadableStore<RoomState> {
    return this.#state
  }

  /** Everyone in the room, this person too, in order of joining. */
  get participants(): ReadableStore<readonly Participant[]> {
    return this.#roster.participants
  }

  /** What the call allows at this moment. */
  get settings(): ReadableStore<CallSettings> {
    return this.#settings
  }

  /** How media flows at this moment, and why. */
  get topology(): ReadableStore<TopologyState> {
    return this.#topologyState
  }

  /** For the SDK: where media comes in and goes out. @internal */
  get ends(): Pick<Topology, 'receiver' | 'senders'> {
    return this.#topology
  }

  /** How much this person wants to spend on pictures. */
  get quality(): ReadableStore<QualityChoice> {
    return this.#quality
  }

  /** Chooses how much to spend on pictures, received and sent. */
  setQuality(choice: QualityChoice): void {
    this.#quality.set(choice)
    this.#topology.setQuality(choice)
  }

  /** What this person wants their pictures to be encoded with. */
  get videoCodec(): ReadableStore<CodecChoice> {
    return this.#videoCodec
  }

  /** Chooses it; where not everyone can receive that, VP8 is sent. */
  setVideoCodec(choice: CodecChoice): void {
    this.#videoCodec.set(choice)
    this.#topology.setVideoCodec(choice)
  }

  /** Who speaks, or spoke last. */
  get activeSpeaker(): ReadableStore<ParticipantId | null> {
    return this.#speakers.active
  }

  /** Leaves the meeting; everything is released when this returns, the promise waits for the server. Never rejects. */
  async leave(): Promise<void> {
    if (this.#ending.signal.aborted) return
    const left = this.#seat.leave(LEAVE_WITHIN_MS)
    this.#end('left')
    await left
    this.#session.close()
  }

  /** Plays sound that the browser held back; to be called from a click or key press. */
  startAudio(): Promise<void> {
    return this.audioOutput.start()
  }

  #createLocalParticipant({ name, reply, capture }: RoomOptions): LocalParticipant {
    const self = reply.snapshot.participants.find(({ id }) => id === reply.participantId)
    return new LocalParticipant({
      id: reply.participantId,
      name: self?.name ?? name,
      role: self?.role ?? 'participant',
      may: self?.may ?? [],
      hasAccount: self?.hasAccount ?? false,
      joinedAt: new Date(self?.joinedAt ?? Date.now()),
      ...(capture && { capture }),
      listener: {
        onMedia: (source, media) => {
          if (media) this.#topology.publish(source, media)
          else this.#topology.unpublish(source)
        },
        onPublished: (track) => this.emit('trackPublished', track),
        onUnpublished: (track) => this.emit('trackUnpublished', track),
        onMuteChanged: (track) => this.emit('trackMuteChanged', track),
      },
    })
  }

  #followSignaling(): void {
    const { onNotification: on } = this.#session.signaling
    const roster = this.#roster
    for (const undo of [
      on('room.participantJoined', (info) => roster.joined(info)),
      on('room.participantChanged', ({ id, ...change }) => roster.changed(id, definedPartOf(change))),
      on('room.settingsChanged', (settings) => this.#settings.set(settings)),
      on('topology.changed', (state) => this.#topologyIs(state)),
      on('room.participantLeft', ({ id, reason }) => roster.left(id, reason)),
      on('track.changed', ({ participantId, track }) => roster.trackChanged(participantId, track)),
      on('track.unpublished', ({ participantId, source }) => roster.trackUnpublished(participantId, source)),
      on('room.speakersChanged', (change) => this.#speakers.changed(change)),
      on('room.ended', ({ reason, ...how }) => this.#endForGood(reason, how)),
      this.#session.channel.on('dropped', () => void this.#reconnect()),
    ]) {
      this.#undo.add(undo)
    }
  }

  #followMedia(): void {
    const topology = this.#topology
    for (const undo of [
      topology.on('mediaReceived', (participantId, source, mediaTrack) => {
        if (mediaTrack.kind === 'audio') this.audioOutput.play(audioKey(participantId, source), mediaTrack)
        this.#roster.mediaReceived(participantId, source, mediaTrack)
      }),
      topology.on('mediaLost', (participantId, source) => {
        this.audioOutput.stop(audioKey(participantId, source))
        this.#roster.mediaLost(participantId, source)
      }),
      topology.on('publishFailed', (source, error) => {
        this.localParticipant.giveUp(source)
        this.emit('trackPublishFailed', source, error)
      }),
      topology.on('speakersChanged', (change) => this.#speakers.changed(change)),
      topology.on('silenced', () => this.#session.signaling.doubt()),
      // An attempt that began while nothing got through would wait for TCP's own, slow retries.
      topology.on('revived', () => this.#session.connector.retryNow()),
      this.audioOutput.on('playbackBlocked', () => this.emit('audioPlaybackBlocked')),
    ]) {
      this.#undo.add(undo)
    }
  }

  #followPage(): void {
    const onNetwork = () => {
      this.#topology.networkChanged()
      this.#session.signaling.doubt()
    }
    this.#undo.add(watchNetwork(onNetwork))
    const page: EventTarget | undefined = globalThis.window
    if (page === undefined) return
    this.#undo.listen(page, 'pagehide', () => this.#seat.pause())
    this.#undo.listen(page, 'pageshow', (event) => {
      // Back from the browser's cache of pages: the server has taken this page for gone.
      if ((event as PageTransitionEvent).persisted) this.#session.channel.disconnect()
    })
  }

  #topologyIs(now: TopologyState): void {
    const before = this.#topologyState.get()
    this.#topologyState.set(now)
    if (now.mode !== before.mode) this.emit('topologyChanged', now, before)
  }

  /** Brings the room to where the reply to a join says it is. */
  #apply({ participantId, snapshot, media, iceServers }: JoinReply): void {
    const self = snapshot.participants.find(({ id }) => id === participantId)
    this.localParticipant.setId(participantId)
    this.#settings.set(snapshot.settings)
    this.#topologyIs(snapshot.topology)
    // What moderators stopped meanwhile, and what is not allowed any more, stops before it could be sent again.
    if (self) this.localParticipant.change({ name: self.name, role: self.role, may: self.may })
    restoreFeatures(this.features, snapshot.features)
    this.#iceServers.accept(iceServers)
    this.#topology.restore({ self: participantId, media, published: self?.tracks ?? [], snapshot })
    this.#roster.restore(snapshot.participants)
    this.#speakers.restore(snapshot.activeSpeaker)
    this.#session.signaling.openGate()
  }

  async #reconnect(): Promise<void> {
    if (this.#state.get().status !== 'connected') return
    this.#state.set({ status: 'reconnecting', since: Date.now() })
    this.localParticipant.change({ connection: 'reconnecting' })
    this.#speakers.restore(null)
    this.emit('reconnecting')
    try {
      const reply = await this.#seat.take({
        signal: this.#ending.signal,
        mediaSessionId: () => this.#topology.mediaSessionId,
        persistent: true,
      })
      if (this.#ending.signal.aborted) return
      this.#apply(reply)
      this.localParticipant.change({ connection: 'connected' })
      this.#state.set({ status: 'connected' })
      this.#log.info('reconnected')
      this.emit('reconnected')
      // A connection that was lost again while this ran told nobody.
      if (!this.#session.channel.isOpen) void this.#reconnect()
    } catch (error) {
      if (!this.#ending.signal.aborted) this.#endForGood(JoinError.from(error).reason)
    }
  }

  /** The server will not have this client back. */
  #endForGood(reason: RoomEndReason, how: HowEnded = {}): void {
    this.#seat.forget()
    this.#end(reason, how)
    this.#session.close()
  }

  #end(reason: RoomEndReason, how: HowEnded = {}): void {
    if (this.#ending.signal.aborted) return
    this.#ending.abort()
    this.#undo.run()
    this.localParticipant.close()
    this.#roster.close()
    this.#speakers.close()
    closeFeatures(this.features)
    this.#topology.close()
    this.#iceServers.close()
    this.audioOutput.close()
    this.#log.info('ended', { reason })
    this.#state.set({ status: 'ended', reason, ...how })
    this.emit('ended', reason)
    this.removeAllListeners()
  }
}

type HowEnded = Omit<NotificationPayload<'room.ended'>, 'reason'>

/** Without what is there but undefined. */
function definedPartOf(change: Partial<NotificationPayload<'room.participantChanged'>>): ParticipantChange {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
}

function audioKey(participantId: ParticipantId, source: TrackSource): string {
  return `${participantId}/${source}`
}
