import type {
  ParticipantId,
  QualityEvent,
  StatsReport,
  TopologyMode,
  TopologyState,
} from '@video-meet/protocol'
import { isBad } from './quality-points.ts'

/** An event without its time and name, which are added to it. */
type EventFacts = QualityEvent extends infer Event
  ? Event extends QualityEvent
    ? Omit<Event, 'at' | 'name'>
    : never
  : never

interface Poor {
  readonly since: number
  /** How many reports in a row have been better. */
  better: number
}

export interface CallWatchOptions<Who> {
  /** Something happened: to somebody, or to everyone. */
  readonly onEvent: (event: QualityEvent, who: Who | null) => void
  readonly now?: () => number
}

/** Whoever is poor and better by turns is poor. */
const BETTER_REPORTS = 2

/** Finds out what of all that happens in a call bears on how people are connected. */
export class CallWatch<Who extends { readonly id: ParticipantId; readonly name: string }> {
  readonly #options: CallWatchOptions<Who>
  /** How media flows, since there are two to send to each other. */
  #topology: TopologyMode | null = null
  readonly #poor = new Map<ParticipantId, Poor>()
  /** Who saves data, and since when. */
  readonly #saving = new Map<ParticipantId, number>()
  /** Whose line is lost, and since when. */
  readonly #away = new Map<ParticipantId, number>()

  constructor(options: CallWatchOptions<Who>) {
    this.#options = options
  }

  /** Somebody came, or the way is another one. */
  topologyIs({ mode, reason }: Pick<TopologyState, 'mode' | 'reason'>, people: number): void {
    if (people < 2 || mode === this.#topology) return
    this.#tell({ kind: 'topology', from: this.#topology, to: mode, reason }, null)
    this.#topology = mode
  }

  reported(who: Who, report: Pick<StatsReport, 'level' | 'problem' | 'saving'>): void {
    this.#savingIs(who, report.saving)
    const poor = this.#poor.get(who.id)
    // That the line is lost is an event of its own.
    if (report.problem === 'away') return
    if (isBad(report)) {
      if (poor) poor.better = 0
      else {
        this.#poor.set(who.id, { since: this.#now(), better: 0 })
        this.#tell({ kind: 'poor', problem: report.problem }, who)
      }
      return
    }
    if (!poor) return
    poor.better += 1
    if (poor.better < BETTER_REPORTS) return
    this.#poor.delete(who.id)
    this.#tell({ kind: 'recovered', seconds: this.#secondsSince(poor.since) }, who)
  }

  lineLost(who: Who): void {
    if (this.#away.has(who.id)) return
    this.#away.set(who.id, this.#now())
    this.#tell({ kind: 'away' }, who)
  }

  lineBack(who: Who): void {
    this.#endAbsence(who, 'back')
  }

  left(who: Who): void {
    this.#poor.delete(who.id)
    this.#saving.delete(who.id)
    this.#endAbsence(who, 'gone')
  }

  mediaReplaced(): void {
    this.#tell({ kind: 'media_replaced' }, null)
  }

  #savingIs(who: Who, saving: boolean): void {
    const since = this.#saving.get(who.id)
    if (saving === (since !== undefined)) return
    if (since === undefined) {
      this.#saving.set(who.id, this.#now())
      this.#tell({ kind: 'saving' }, who)
    } else {
      this.#saving.delete(who.id)
      this.#tell({ kind: 'saving_ended', seconds: this.#secondsSince(since) }, who)
    }
  }

  #endAbsence(who: Who, kind: 'back' | 'gone'): void {
    const since = this.#away.get(who.id)
    if (since === undefined) return
    this.#away.delete(who.id)
    this.#tell({ kind, seconds: this.#secondsSince(since) }, who)
  }

  #tell(facts: EventFacts, who: Who | null): void {
    const at = new Date(this.#now()).toISOString()
    // The name is that of whom it is about, and of nobody where it is about all.
    this.#options.onEvent({ ...facts, at, ...(who && { name: who.name }) } as QualityEvent, who)
  }

  #secondsSince(time: number): number {
    return Math.round((this.#now() - time) / 1000)
  }

  #now(): number {
    return this.#options.now?.() ?? Date.now()
  }
}
