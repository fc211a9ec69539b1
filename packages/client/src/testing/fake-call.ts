import {
  type NotificationName,
  type NotificationPayload,
  ParticipantId,
  type ParticipantInfo,
  type RequestName,
  type TopologyMode,
  type TopologyState,
  type TrackState,
} from '@video-meet/protocol'
import { vi } from 'vitest'
import { Emitter } from '../core/emitter.ts'
import { silentLogger } from '../core/logger.ts'
import { SignalingError } from '../errors.ts'
import type { SendRequest } from '../signaling/signaling-client.ts'
import { MeshTopology } from '../topology/mesh/mesh-topology.ts'
import type { SfuTopology } from '../topology/sfu/sfu-topology.ts'
import { TopologySwitch } from '../topology/topology-switch.ts'
import { FakeNetwork } from './fake-peer-connection.ts'
import { buildJoinReply, buildMediaSession, buildParticipant } from './fake-server.ts'
import { FakeSfu } from './fake-sfu.ts'
import { FakeSignalPath, type PassedSignal } from './fake-signal-path.ts'
import { FakeTrack } from './fake-track.ts'

type SignalInput = Omit<PassedSignal, 'from' | 'to'> & { readonly participantId: ParticipantId }

/** The ids of the first people in a call, in their order. */
export const [ana, ben, cem] = ['1', '2', '3'].map((digit) =>
  ParticipantId.parse(`${digit.repeat(8)}-11c0-43da-975e-2a8ad9ebae0b`),
) as [ParticipantId, ParticipantId, ParticipantId]

/** A call as one browser sees it: its topology, what the server says to it, and the links of the others. Needs fake timers. */
export class FakeCall {
  readonly network = new FakeNetwork()
  readonly path = new FakeSignalPath()
  readonly sfu = new FakeSfu()
  readonly topology: TopologySwitch
  /** What was asked of the server, without signals. */
  readonly requests: { readonly name: RequestName; readonly input: unknown }[] = []
  /** What the room was told to play and not to play any more, by participant and source. */
  readonly shown = new Map<string, MediaStreamTrack>()
  readonly #notifications = new Emitter<Record<string, [payload: never]>>()
  /** Whether the browser has a line to the server; without it requests wait, unless they are for one connection only. */
  isOnline = true
  readonly #others: MeshTopology[] = []
  readonly #self: ParticipantId
  state: TopologyState = { epoch: 0, mode: 'sfu', reason: 'setting', settled: true }

  constructor(self: ParticipantId = ana) {
    this.#self = self
    vi.stubGlobal('RTCPeerConnection', this.network.RTCPeerConnection)
    vi.stubGlobal('RTCRtpReceiver', this.network.RTCRtpReceiver)
    const context = {
      request: this.#requestOf(self),
      onNotification: (name: string, listener: (payload: never) => void) =>
        this.#notifications.on(name, listener),
      iceServers: { current: () => [], on: () => () => undefined },
      log: silentLogger,
    }
    this.topology = new TopologySwitch(context, this.sfu as unknown as SfuTopology)
    this.topology.on('mediaReceived', (id, source, track) => this.shown.set(`${id}/${source}`, track))
    this.topology.on('mediaLost', (id, source) => this.shown.delete(`${id}/${source}`))
    this.path.attach(self, ({ from, ends, signal }) =>
      this.notify('link.signalled', { participantId: from, ends, signal }),
    )
  }

  /** Joins, or comes back, to these people. */
  restore(topology: Partial<TopologyState>, others: readonly ParticipantInfo[]): void {
    this.state = { ...this.state, ...topology }
    const participants = [...others, buildParticipant({ id: this.#self })]
    const snapshot = { ...buildJoinReply().snapshot, participants, topology: this.state }
    this.topology.restore({ self: this.#self, media: buildMediaSession(), published: [], snapshot })
  }

  notify<N extends NotificationName>(name: N, payload: NotificationPayload<N>): void {
    this.#notifications.emit(name, payload as never)
  }

  /** The server decides anew. */
  decide(mode: TopologyMode): void {
    this.state = { epoch: this.state.epoch + 1, mode, reason: 'few_people', settled: false }
    this.notify('topology.changed', this.state)
  }

  /** Everyone is ready. */
  settle(): void {
    this.state = { ...this.state, settled: true }
    this.notify('topology.changed', this.state)
  }

  /** Another one joins, or lists a track. */
  list(participantId: ParticipantId, track: TrackState): void {
    this.notify('track.changed', { participantId, track })
  }

  /** The browser of another one, with links. */
  openOther(id: ParticipantId): MeshTopology {
    const mesh = new MeshTopology({
      request: this.#requestOf(id),
      iceServers: { current: () => [], on: () => () => undefined },
      log: silentLogger,
      onChanged: () => undefined,
      onFailed: () => undefined,
      isHeard: () => false,
      onSpeakers: () => undefined,
    })
    this.path.attach(id, ({ from, ends, signal }) => mesh.signalled(from, ends, signal))
    this.#others.push(mesh)
    return mesh
  }

  /** Another one's browser whose camera goes out over its links. */
  openSending(id: ParticipantId): MeshTopology {
    const mesh = this.openOther(id)
    mesh.publish('camera', { mediaTrack: new FakeTrack('video'), muted: false })
    mesh.connect(id, [this.#self])
    return mesh
  }

  /** In a call with another one over a link, settled, with their camera. */
  async linkTo(id: ParticipantId): Promise<MeshTopology> {
    this.restore({ mode: 'direct', settled: false }, [personWith(id, { source: 'camera', muted: false })])
    const mesh = this.openSending(id)
    await wait(500)
    this.settle()
    await wait(100)
    return mesh
  }

  /** Epochs of which the server was told that everything arrives. */
  get ready(): readonly unknown[] {
    return this.requests
      .filter(({ name }) => name === 'topology.ready')
      .map(({ input }) => (input as { epoch: number }).epoch)
  }

  get reports(): readonly unknown[] {
    return this.requests.filter(({ name }) => name === 'topology.report').map(({ input }) => input)
  }

  /** Ends all but what is under test. */
  closeOthers(): void {
    for (const mesh of this.#others) mesh.close()
  }

  /** @throws {Error} when the topology leaves something behind */
  async close(): Promise<void> {
    this.closeOthers()
    this.topology.close()
    // Signals that were under way.
    await vi.advanceTimersByTimeAsync(1000)
    if (vi.getTimerCount() > 0 || this.network.open.length > 0) throw new Error('something is left behind')
  }

  #requestOf(id: ParticipantId): SendRequest {
    const request = (name: RequestName, input: unknown, { oneConnection = false } = {}) => {
      if (!this.isOnline && id === this.#self && oneConnection)
        return Promise.reject(SignalingError.disconnected(name))
      if (name === 'link.signal') {
        const { participantId, ends, signal } = input as SignalInput
        this.path.send({ from: id, to: participantId, ends, signal })
      } else if (id === this.#self) this.requests.push({ name, input })
      return Promise.resolve({})
    }
    return request as unknown as SendRequest
  }
}

/** Lets time go by, and code that is loaded late arrive. */
export async function wait(ms: number): Promise<void> {
  await vi.dynamicImportSettled()
  await vi.advanceTimersByTimeAsync(ms)
}

/** Somebody in a call who has published these tracks. */
export function personWith(id: ParticipantId, ...tracks: readonly TrackState[]): ParticipantInfo {
  return buildParticipant({ id, tracks: [...tracks] })
}
