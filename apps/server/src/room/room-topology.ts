import type { ParsedInput, ParticipantId, TopologyState } from '@video-meet/protocol'
import type { Peer } from './peer.ts'
import { type CallFacts, chooseTopology, type TopologyChoice } from './topology-policy.ts'

/** What the operator and the meeting say. */
export type TopologyRules = Pick<CallFacts, 'serverOnly' | 'meshMax'>

interface FailedLink {
  readonly ends: readonly [ParticipantId, ParticipantId]
}

export interface RoomTopologyOptions {
  readonly peers: () => readonly Peer[]
  readonly rules: () => TopologyRules
  readonly onChanged: (state: TopologyState) => void
}

/** How long nothing may speak for the server before media leaves it. */
const CALM_MS = 10_000
/** After this time a link that failed may be tried again: people change networks. */
const TRY_AGAIN_MS = 5 * 60_000
/** A way on which media does not flow after this time is given up. */
const SETTLED_WITHIN_MS = 10_000

/**
 * How media flows in a room. Every change is make before break: clients keep the way that they are on until all of them
 * have what they receive on the new one. Going to the server happens at once, leaving it waits for calm.
 */
export class RoomTopology {
  readonly #options: RoomTopologyOptions
  #state: TopologyState = { epoch: 0, mode: 'direct', reason: 'few_people', settled: true }
  /** For whom the way of this epoch is still to be shown to work. */
  #awaited = new Set<ParticipantId>()
  /** Pairs of people between whom a link has failed not long ago. */
  #failedLinks: FailedLink[] = []
  readonly #limited = new Set<ParticipantId>()
  #known: ReadonlySet<ParticipantId> = new Set()
  #present: ReadonlySet<ParticipantId> = new Set()
  #willLook = false
  #closed = false
  #calmTimer: NodeJS.Timeout | undefined
  #settleTimer: NodeJS.Timeout | undefined

  constructor(options: RoomTopologyOptions) {
    this.#options = options
  }

  get state(): TopologyState {
    return this.#state
  }

  /** Whether people send to each other, or may just be changing to it. */
  get hasLinks(): boolean {
    return this.#state.mode !== 'sfu'
  }

  /** To be called when somebody came or went, or what they are or may do has changed. */
  look(): void {
    const wasEmpty = this.#known.size === 0
    const before = this.#present
    const peers = this.#options.peers()
    this.#known = new Set(peers.map(({ id }) => id))
    this.#present = new Set(peers.filter(({ connection }) => connection !== null).map(({ id }) => id))
    this.#forgetWhoLeft()
    const choice = chooseTopology(this.#facts())
    const isNewcomer = [...this.#present].some((id) => !before.has(id))
    if (this.#staysOnItsWay(choice)) {
      clearTimeout(this.#calmTimer)
      this.#calmTimer = undefined
      // With who comes, or comes back, there are links that still have to be shown to work.
      if (isNewcomer && this.hasLinks && this.#present.size > 1) this.#begin(choice)
      else this.#relabel(choice)
    } else if (choice.mode === 'sfu' || wasEmpty) this.#begin(choice)
    else this.#calmTimer ??= setTimeout(() => this.#calm(), CALM_MS).unref()
    this.#settleIfReady()
  }

  /** The same when the rest of what happens at this moment has happened: it may concern several people. */
  lookSoon(): void {
    if (this.#willLook) return
    this.#willLook = true
    queueMicrotask(() => {
      this.#willLook = false
      if (!this.#closed) this.look()
    })
  }

  /** Somebody receives everything on the way of this epoch. */
  ready(id: ParticipantId, epoch: number): void {
    if (epoch !== this.#state.epoch) return
    this.#awaited.delete(id)
    this.#settleIfReady()
  }

  report(peer: Peer, { problem, participantId }: ParsedInput<'topology.report'>): void {
    if (problem === 'limited') this.#limited.add(peer.id)
    else if (participantId && this.#known.has(participantId)) this.#linkFailed(peer.id, participantId)
    this.look()
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#calmTimer)
    clearTimeout(this.#settleTimer)
  }

  #facts(): CallFacts {
    return {
      ...this.#options.rules(),
      linkFailed: this.#failedLinks.length > 0,
      people: this.#options.peers().map((peer) => ({
        canLink: peer.client.canLink,
        sends: peer.may('microphone') && peer.may('camera'),
        isStopped: peer.stopped.size > 0,
        isPhone: peer.client.isPhone,
        isLimited: this.#limited.has(peer.id),
      })),
    }
  }

  #linkFailed(...ends: [ParticipantId, ParticipantId]): void {
    const failed = { ends }
    this.#failedLinks.push(failed)
    setTimeout(() => {
      this.#failedLinks = this.#failedLinks.filter((other) => other !== failed)
      if (!this.#closed) this.look()
    }, TRY_AGAIN_MS).unref()
  }

  #forgetWhoLeft(): void {
    const isHere = (id: ParticipantId) => this.#known.has(id)
    this.#failedLinks = this.#failedLinks.filter(({ ends }) => ends.every(isHere))
    for (const id of this.#limited) if (!isHere(id)) this.#limited.delete(id)
  }

  #staysOnItsWay({ mode }: TopologyChoice): boolean {
    return (mode === 'sfu') === (this.#state.mode === 'sfu')
  }

  #calm(): void {
    this.#calmTimer = undefined
    const choice = chooseTopology(this.#facts())
    if (!this.#staysOnItsWay(choice)) this.#begin(choice)
    this.#settleIfReady()
  }

  #begin({ mode, reason }: TopologyChoice): void {
    clearTimeout(this.#calmTimer)
    this.#calmTimer = undefined
    clearTimeout(this.#settleTimer)
    this.#settleTimer = setTimeout(() => this.#giveUp(), SETTLED_WITHIN_MS).unref()
    this.#awaited = new Set(this.#present)
    this.#tell({ epoch: this.#state.epoch + 1, mode, reason, settled: false })
  }

  #relabel({ mode, reason }: TopologyChoice): void {
    if (mode !== this.#state.mode || reason !== this.#state.reason)
      this.#tell({ ...this.#state, mode, reason })
  }

  /** Who is not there, or alone, has nothing to wait for. */
  #settleIfReady(): void {
    if (this.#state.settled) return
    if (this.#present.size > 1 && [...this.#present].some((id) => this.#awaited.has(id))) return
    this.#settle()
  }

  /** Links that do not work after so long never will; through the server things go on to be mended. */
  #giveUp(): void {
    if (!this.hasLinks) return this.#settle()
    for (const one of this.#awaited)
      for (const other of this.#known) if (other !== one) this.#linkFailed(one, other)
    this.look()
  }

  #settle(): void {
    clearTimeout(this.#settleTimer)
    this.#awaited.clear()
    this.#tell({ ...this.#state, settled: true })
  }

  #tell(state: TopologyState): void {
    this.#state = state
    this.#options.onChanged(state)
  }
}
