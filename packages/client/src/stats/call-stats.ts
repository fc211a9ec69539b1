import type { ParticipantId, TrackSource } from '@video-meet/protocol'
import { type ReadableStore, Store } from '../core/store.ts'
import type { Participant } from '../participant.ts'
import type { SendingEnd, Topology } from '../topology/topology.ts'
import type { ArrivingTrack, CallSample, LeavingTrack, PersonStats } from './call-sample.ts'
import { judgeCall } from './judge-call.ts'
import { readPath } from './path-stats.ts'
import { NEW_TREND, type QualityTrend } from './quality-trend.ts'
import { compareReceived, type ReceivedCounters, readReceived } from './received-stats.ts'
import { compareSent, readSent, type SentCounters } from './sent-stats.ts'
import { readEntries } from './stats-entry.ts'

const SAMPLED_EVERY_MS = 2000

/** A room, as far as it is measured. */
export interface MeasuredRoom {
  readonly ends: Pick<Topology, 'receiver' | 'senders'>
  readonly participants: ReadableStore<readonly Participant[]>
  readonly localParticipant: Pick<Participant, 'track'>
  readonly state: ReadableStore<{ readonly status: string }>
}

/** Measures a call every other second, for as long as it is not closed. */
export class CallStats {
  readonly #room: MeasuredRoom
  readonly #sample = new Store<CallSample | null>(null)
  readonly #timer: ReturnType<typeof setInterval>
  #received = new Map<string, ReceivedCounters | null>()
  #sent = new Map<string, SentCounters | null>()
  #trends = new Map<ParticipantId | 'own', QualityTrend>()
  #looking = false
  #closed = false

  constructor(room: MeasuredRoom, everyMs = SAMPLED_EVERY_MS) {
    this.#room = room
    this.#timer = setInterval(() => void this.#look(), everyMs)
    void this.#look()
  }

  /** The newest sample; null before the first. */
  get sample(): ReadableStore<CallSample | null> {
    return this.#sample
  }

  close(): void {
    this.#closed = true
    clearInterval(this.#timer)
  }

  async #look(): Promise<void> {
    // A browser that is too busy to answer is not asked again meanwhile.
    if (this.#looking) return
    this.#looking = true
    try {
      const others = this.#room.participants.get().filter(({ isLocal }) => !isLocal)
      const [people, leaving] = await Promise.all([this.#lookAtOthers(others), this.#lookAtOwn()])
      if (!this.#closed) this.#show(others, people, leaving)
    } finally {
      this.#looking = false
    }
  }

  async #lookAtOthers(others: readonly Participant[]) {
    const counters = new Map<string, ReceivedCounters | null>()
    const people = await Promise.all(
      others.map(async ({ id, state }) => ({
        id,
        arriving: await Promise.all(
          state
            .get()
            .tracks.filter((track) => !track.state.get().muted)
            .map(({ source }) => this.#lookAtTrack(id, source, counters)),
        ),
      })),
    )
    this.#received = counters
    return people
  }

  async #lookAtTrack(
    id: ParticipantId,
    source: TrackSource,
    counters: Map<string, ReceivedCounters | null>,
  ): Promise<ArrivingTrack> {
    const end = this.#room.ends.receiver(id, source)
    const entries = (end && (await readEntries(end.receiver))) ?? []
    const key = `${id}/${source}`
    const now = readReceived(entries)
    counters.set(key, now)
    const stats = compareReceived(this.#received.get(key) ?? null, now)
    return { source, way: end?.way ?? 'sfu', path: readPath(entries), stats }
  }

  async #lookAtOwn(): Promise<readonly LeavingTrack[]> {
    const counters = new Map<string, SentCounters | null>()
    const own = this.#room.localParticipant
    const isSent = ({ source }: SendingEnd) => own.track(source)?.state.get().muted === false
    const leaving = await Promise.all(
      this.#room.ends
        .senders()
        .filter(isSent)
        .map(async ({ way, source, to, sender }): Promise<LeavingTrack> => {
          const entries = (await readEntries(sender)) ?? []
          const key = `${way}/${to}/${source}`
          const now = readSent(entries)
          counters.set(key, now)
          const stats = compareSent(this.#sent.get(key) ?? null, now)
          return { source, way, to, path: readPath(entries), stats }
        }),
    )
    this.#sent = counters
    return leaving
  }

  #show(
    others: readonly Participant[],
    people: readonly Omit<PersonStats, 'quality'>[],
    leaving: readonly LeavingTrack[],
  ): void {
    const before = this.#trends
    const { own, qualities, trends } = judgeCall({
      isConnected: this.#room.state.get().status === 'connected',
      cameraOn: this.#room.localParticipant.track('camera')?.state.get().muted === false,
      leaving,
      people: people.map((person) => ({
        ...person,
        isConnected: others.find(({ id }) => id === person.id)?.state.get().connection === 'connected',
      })),
      trendOf: (who) => before.get(who) ?? NEW_TREND,
    })
    this.#trends = trends
    this.#sample.set({
      at: Date.now(),
      people: people.map((person) => ({
        ...person,
        quality: qualities.get(person.id) ?? { level: 'good', problem: null, advice: null },
      })),
      leaving,
      own,
    })
  }
}
