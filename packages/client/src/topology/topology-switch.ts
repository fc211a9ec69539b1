import type {
  CodecState,
  MediaSessionId,
  NotificationPayload,
  ParticipantId,
  ParticipantInfo,
  TopologyState,
  TrackSource,
} from '@video-meet/protocol'
import { Emitter } from '../core/emitter.ts'
import { UndoList } from '../core/undo-list.ts'
import type { TrackDemand } from '../track.ts'
import type { CallWatches } from './call-watches.ts'
import type { QualityChoice } from './demands.ts'
import { ExpectedMedia } from './expected-media.ts'
import { markArrivals } from './frame-watch.ts'
import { LateLimits } from './late-limits.ts'
import { LateMesh } from './late-mesh.ts'
import type { MeshTopology } from './mesh/mesh-topology.ts'
import type { Way } from './received-media.ts'
import type { SfuTopology } from './sfu/sfu-topology.ts'
import { ShownMedia } from './shown-media.ts'
import type {
  LocalMedia,
  ReceivingEnd,
  SendingEnd,
  Topology,
  TopologyContext,
  TopologyEvents,
  TopologyStart,
} from './topology.ts'
import { type CodecChoice, type CodecsToSend, codecsToSend } from './video-codec.ts'

/** Links that have not come up by then get the server beside them. */
const HEAD_START_MS = 800
const LOOK_EVERY_MS = 60
const LOOK_SELDOM_MS = 1000
/** Nothing that has only begun has stalled or is too much, and the code for it need not come with the first picture. */
const WATCH_AFTER_MS = 4000

/**
 * Sends and receives on the way that the server decided, and changes over without a gap: the new way is begun beside the
 * old one, each track is played from it as soon as it arrives, and the old way ends when everyone has reported that.
 */
export class TopologySwitch extends Emitter<TopologyEvents> implements Topology {
  readonly #context: TopologyContext
  readonly #sfu: SfuTopology
  readonly #mesh: LateMesh
  readonly #expected = new ExpectedMedia()
  readonly #shown: ShownMedia
  readonly #limits: LateLimits
  readonly #undo = new UndoList()
  #watches: CallWatches | undefined
  #watchTimer: ReturnType<typeof setTimeout> | undefined
  readonly #local = new Map<TrackSource, LocalMedia>()
  #self: ParticipantId | null = null
  #state: TopologyState = { epoch: 0, mode: 'sfu', reason: 'setting', settled: true }
  #codecs: CodecState = { shared: ['vp8'], preferred: 'vp8' }
  #codecChoice: CodecChoice = 'auto'
  #readyEpoch = -1
  #lookTimer: ReturnType<typeof setTimeout> | undefined
  #headStart: ReturnType<typeof setTimeout> | undefined
  #closed = false

  constructor(context: TopologyContext, sfu: SfuTopology) {
    super()
    this.#context = context
    this.#sfu = sfu
    this.#mesh = new LateMesh({
      create: (Mesh) => this.#createMesh(Mesh),
      onLoaded: () => this.#way === 'links' && this.#useLinks(),
      onFailed: (error) => {
        // Without links everything goes through the server, which the others have to be told.
        context.log.error('the code for links could not be loaded', { error })
        this.#report()
      },
    })
    this.#shown = new ShownMedia({
      expected: this.#expected,
      linkReceiver: (...of) => this.#mesh.current?.receiver(...of),
      onReceived: (...of) => this.emit('mediaReceived', ...of),
      onLost: (...of) => this.emit('mediaLost', ...of),
    })
    const { onNotification: on } = context
    this.#limits = new LateLimits(
      this.#expected,
      {
        ways: () => this.#ways,
        update: () => this.#update(),
        speakers: [on, (_, listener) => this.on('speakersChanged', listener)],
      },
      context.log,
    )
    for (const undo of [
      sfu.on('mediaReceived', (id, source, track) => this.#arrived('sfu', { id, source }, track)),
      sfu.on('mediaLost', (id, source) => this.#arrived('sfu', { id, source }, null)),
      sfu.on('publishFailed', (source, error) => this.emit('publishFailed', source, error)),
      on('topology.changed', (state) => this.#follow(state)),
      on('codecs.changed', (codecs) => this.#codecsChanged(codecs)),
      on('link.signalled', ({ participantId, ends, signal }) =>
        this.#mesh.signalled(participantId, ends, signal),
      ),
      on('room.participantJoined', (info) => this.#join(info)),
      on('room.participantChanged', ({ id, connection }) => connection && this.#changed(id, connection)),
      on('room.participantLeft', ({ id }) => this.#left(id)),
      on('track.changed', ({ participantId, track }) => this.#list(participantId, track.source, track.muted)),
      on('track.unpublished', ({ participantId, source }) => this.#list(participantId, source, null)),
    ])
      this.#undo.add(undo)
  }

  get mediaSessionId(): MediaSessionId | undefined {
    return this.#sfu.mediaSessionId
  }

  restore({ self, media, published, snapshot }: TopologyStart): void {
    if (this.#closed) return
    const isFirst = this.#self === null
    this.#self = self
    // A server that was started anew counts from the beginning.
    this.#readyEpoch = -1
    this.#codecsChanged(snapshot.codecs)
    this.#listAll(snapshot.participants.filter(({ id }) => id !== self))
    const usesLinks = snapshot.topology.mode !== 'sfu'
    if (usesLinks && (isFirst || snapshot.topology.settled)) this.#sfu.setSending(false)
    this.#sfu.restore(media, published)
    if (usesLinks) this.#mesh.current?.repair()
    this.#watchTimer ??= setTimeout(() => void this.#watch(), WATCH_AFTER_MS)
    this.#follow(snapshot.topology)
  }

  publish(source: TrackSource, media: LocalMedia): void {
    this.#local.set(source, media)
    for (const way of this.#ways) way.publish(source, media)
  }

  unpublish(source: TrackSource): void {
    this.#local.delete(source)
    for (const way of this.#ways) way.unpublish(source)
  }

  setDemand(id: ParticipantId, source: TrackSource, demand: TrackDemand): void {
    const limited = this.#expected.demands.set(id, source, demand)
    for (const way of this.#ways) way.setDemand(id, source, limited)
    this.#limits.current?.refresh()
  }

  setQuality(choice: QualityChoice): void {
    this.#limits.choose(choice)
  }

  setVideoCodec(choice: CodecChoice): void {
    this.#codecChoice = choice
    for (const way of this.#ways) way.setCodecs(this.#codecsToSend)
  }

  networkChanged(): void {
    for (const way of this.#ways) way.networkChanged()
  }

  receiver(id: ParticipantId, source: TrackSource): ReceivingEnd | undefined {
    if (this.#expected.demands.isHidden(id, source)) return undefined
    const way = this.#shown.wayOf(id, source)
    const receiver = (way === 'sfu' ? this.#sfu : this.#mesh.current)?.receiver(id, source)
    return receiver && { way, receiver }
  }

  senders(): readonly SendingEnd[] {
    return [...this.#local.keys()].flatMap((source): SendingEnd[] => {
      const sender = this.#sfu.sender(source)
      const links = this.#mesh.current?.senders(source) ?? []
      return [
        ...(sender ? [{ way: 'sfu' as const, source, to: null, sender }] : []),
        ...links.map((link) => ({ way: 'links' as const, source, ...link })),
      ]
    })
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#lookTimer)
    this.#endHeadStart()
    clearTimeout(this.#watchTimer)
    this.#watches?.close()
    this.#undo.run()
    this.#mesh.close()
    this.#limits.close()
    this.#sfu.close()
    this.removeAllListeners()
  }

  get #ways(): readonly (SfuTopology | MeshTopology)[] {
    return this.#mesh.current ? [this.#sfu, this.#mesh.current] : [this.#sfu]
  }

  get #codecsToSend(): CodecsToSend {
    return codecsToSend(this.#codecChoice, this.#codecs)
  }

  get #way(): Way {
    return this.#state.mode === 'sfu' ? 'sfu' : 'links'
  }

  #listAll(others: readonly ParticipantInfo[]): void {
    const before = this.#expected.others
    this.#expected.replace(others)
    for (const id of before) if (!this.#expected.others.includes(id)) this.#left(id)
  }

  #codecsChanged(codecs: CodecState): void {
    this.#codecs = codecs
    for (const way of this.#ways) way.setCodecs(this.#codecsToSend)
  }

  #follow(state: TopologyState): void {
    const before = this.#state
    this.#state = state
    if (state.epoch !== before.epoch) this.#context.log.info('media takes another way', { ...state })
    // On a way that begins nothing has arrived yet.
    if ((before.mode === 'sfu') !== (state.mode === 'sfu')) this.#expected.received.forgetFlows(this.#way)
    if (state.epoch !== before.epoch || state.settled) this.#endHeadStart()
    if (state.mode === 'sfu') {
      this.#mesh.forgetEarly()
      this.#sfu.setSending(true)
      this.#mesh.current?.stopListening()
      if (state.settled) this.#mesh.current?.disconnect()
    } else {
      this.#useLinks()
      if (state.settled) this.#sfu.setSending(false)
      else this.#headStart ??= setTimeout(() => this.#sfu.setSending(true), HEAD_START_MS)
    }
    this.#update()
  }

  #endHeadStart(): void {
    clearTimeout(this.#headStart)
    this.#headStart = undefined
  }

  #useLinks(): void {
    const { others } = this.#expected
    if (this.#mesh.current) {
      if (this.#self) this.#mesh.current.connect(this.#self, others)
    } else if (others.length > 0) {
      this.#mesh.load()
    }
  }

  #createMesh(Mesh: typeof MeshTopology): MeshTopology {
    const { request, iceServers, log } = this.#context
    const { demands } = this.#expected
    const mesh = new Mesh({
      request,
      iceServers,
      log,
      onChanged: () => this.#update(),
      // One to somebody who is away says nothing about the path to them, nor does one that the server no longer lets begin.
      onFailed: (id) => this.#way === 'links' && this.#expected.isPresent(id) && this.#report(id),
      isHeard: (id) => this.#expected.received.of(id, 'microphone').muted === false,
      onSpeakers: (speakers) => this.emit('speakersChanged', speakers),
    })
    for (const [source, media] of this.#local) mesh.publish(source, media)
    for (const demand of demands.all) mesh.setDemand(...demand)
    this.#limits.current?.applyTo(mesh)
    mesh.setCodecs(this.#codecsToSend)
    return mesh
  }

  #report(participantId?: ParticipantId): void {
    const about = participantId === undefined ? {} : { participantId }
    const problem = participantId === undefined ? 'limited' : 'link_failed'
    this.#context
      // When the line to the server was lost meanwhile, links that are lost too are tried again with it.
      .request('topology.report', { problem, ...about }, { oneConnection: true })
      .catch((error: unknown) => this.#context.log.warn('the server was not told of links', { error }))
  }

  #join(info: NotificationPayload<'room.participantJoined'>): void {
    if (info.id === this.#self) return
    this.#expected.add(info)
    if (this.#way === 'links') this.#useLinks()
    this.#update()
  }

  #changed(id: ParticipantId, connection: ParticipantInfo['connection']): void {
    if (!this.#expected.setConnection(id, connection)) return
    if (connection === 'connected') this.#mesh.current?.repair(id)
    this.#update()
  }

  #left(id: ParticipantId): void {
    this.#expected.remove(id)
    if (this.#way === 'links') this.#useLinks()
    this.#update()
  }

  #list(id: ParticipantId, source: TrackSource, muted: boolean | null): void {
    if (id === this.#self) return
    this.#expected.list(id, source, muted)
    this.#update()
  }

  #arrived(
    way: Way,
    { id, source }: { readonly id: ParticipantId; readonly source: TrackSource },
    mediaTrack: MediaStreamTrack | null,
  ): void {
    if (this.#shown.arrived(way, this.#expected.received.of(id, source), mediaTrack)) this.#update()
  }

  /** Takes what links bring, plays what is best, and tells the server when nothing is missing any more. */
  #update(): void {
    if (this.#closed) return
    this.#limits.current?.refresh()
    this.#shown.update(this.#way)
    this.#reportReady()
    const { settled } = this.#state
    const isOfUse = this.#expected.missing(this.#way).some(({ ways }) => !settled || (ways.links && ways.sfu))
    // After a change what comes on both ways is about to end on one, unless a client does what it likes.
    const afterMs = settled ? LOOK_SELDOM_MS : LOOK_EVERY_MS
    if (isOfUse) this.#lookTimer ??= setTimeout(() => void this.#look(), afterMs)
  }

  async #watch(): Promise<void> {
    try {
      const { CallWatches: Watches } = await import('./call-watches.ts')
      if (this.#closed) return
      this.#watches = new Watches({
        mode: () => this.#state.mode,
        expected: () => this.#expected.all,
        receiver: (...of) => this.receiver(...of),
        senders: () => this.senders(),
        request: this.#context.request,
        log: this.#context.log,
        session: () => this.mediaSessionId,
        onSilent: () => this.emit('silenced'),
        onStalled: (times) => this.#sfu.mend(times),
        onLinksStalled: () => this.#mesh.current?.networkChanged(),
        onLinksLost: () => this.#expected.present.forEach((id) => this.#report(id)),
        onBack: () => {
          this.#sfu.askForPictures()
          this.emit('revived')
        },
        onTooManyLinks: () => this.#report(),
        onStrain: (steps) => this.#limits.strain(steps),
      })
    } catch (error) {
      this.#context.log.warn('the call is not watched', { error })
    }
  }

  async #look(): Promise<void> {
    try {
      await markArrivals(this.#expected.received.all, ({ participantId, source }, way) =>
        (way === 'sfu' ? this.#sfu : this.#mesh.current)?.receiver(participantId, source),
      )
    } catch (error) {
      this.#context.log.debug('statistics could not be read', { error })
    }
    this.#lookTimer = undefined
    this.#update()
  }

  #reportReady(): void {
    const { epoch, settled } = this.#state
    if (settled || this.#readyEpoch === epoch || this.#expected.missing(this.#way).length > 0) return
    if (this.#way === 'links' && !this.#isLinkedToAll()) return
    this.#readyEpoch = epoch
    this.#context
      .request('topology.ready', { epoch })
      .catch((error: unknown) => this.#context.log.debug('the server was not told', { error }))
  }

  #isLinkedToAll(): boolean {
    return this.#expected.present.every((id) => this.#mesh.current?.isConnectedTo(id) === true)
  }
}
