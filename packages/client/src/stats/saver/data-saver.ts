import { Emitter } from '../../core/emitter.ts'
import { type ReadableStore, Store } from '../../core/store.ts'
import { UndoList } from '../../core/undo-list.ts'
import type { QualityChoice } from '../../topology/demands.ts'
import type { CallSample } from '../call-sample.ts'
import { lineOf } from './line-sample.ts'
import {
  begin,
  decide,
  decline,
  NOT_SAVING,
  SAVER_LIMITS,
  type SaverDecision,
  type SaverLimits,
  type SaverPhase,
  type SaverState,
} from './saver-policy.ts'

/** A room, as far as its quality is cared for. */
export interface SavingRoom {
  readonly quality: ReadableStore<QualityChoice>
  setQuality(choice: QualityChoice): void
  readonly state: ReadableStore<{ readonly status: string }>
}

export interface DataSaverOptions {
  readonly room: SavingRoom
  readonly sample: ReadableStore<CallSample | null>
  /** Asked when the line is bad: whether to begin without a question. */
  readonly isAutomatic: () => boolean
  readonly limits?: SaverLimits
}

export type DataSaverEvents = {
  /** Saving has begun without a question. */
  began: []
  /** The line is good again, and so is what is seen. */
  undone: []
}

/** Who saves already has nothing left to be saved. */
const SPARING: readonly QualityChoice[] = ['saving', 'audio']

/**
 * Watches the line of this browser, proposes to save data while it hardly carries anything, and ends that by itself. Does
 * so as long as it is not closed.
 */
export class DataSaver extends Emitter<DataSaverEvents> {
  readonly #options: DataSaverOptions
  readonly #limits: SaverLimits
  readonly #phase = new Store<SaverPhase>('off')
  readonly #undo = new UndoList()
  #state: SaverState = NOT_SAVING
  /** What the person had chosen before saving. */
  #before: QualityChoice = 'auto'

  constructor(options: DataSaverOptions) {
    super()
    this.#options = options
    this.#limits = options.limits ?? SAVER_LIMITS
    const { room, sample } = options
    this.#undo.add(sample.subscribe(() => this.#look()))
    this.#undo.add(room.quality.subscribe(() => this.#qualityChanged()))
  }

  /** `proposed` while the person should be asked. */
  get phase(): ReadableStore<SaverPhase> {
    return this.#phase
  }

  /** The person wants to save. */
  accept(): void {
    if (this.#state.phase === 'proposed') this.#begin()
  }

  /** The person does not want to save, or not any longer: nothing is proposed for a while. */
  decline(): void {
    this.#enter(decline(this.#state, Date.now(), this.#limits))
  }

  /** Watches no longer, and ends what it began. */
  close(): void {
    const isOver = this.#options.room.state.get().status === 'ended'
    this.#undo.run()
    if (!isOver) this.#enter(NOT_SAVING)
    this.removeAllListeners()
  }

  #look(): void {
    const { room, sample } = this.#options
    const latest = sample.get()
    const isSparing = SPARING.includes(room.quality.get()) && this.#state.phase !== 'on'
    if (!latest || isSparing) return
    const isConnected = room.state.get().status === 'connected'
    const { state, decision } = decide(this.#state, lineOf(latest, isConnected), this.#limits)
    if (decision === null) this.#enter(state)
    else this.#follow(state, decision)
  }

  #follow(state: SaverState, decision: SaverDecision): void {
    if (decision === 'propose' && this.#options.isAutomatic()) {
      this.#begin()
      this.emit('began')
    } else if (decision === 'resume') {
      this.#enter(state)
    } else {
      this.#enter(state)
      if (decision === 'undo') this.emit('undone')
    }
  }

  #begin(): void {
    this.#enter(begin(this.#state, Date.now(), this.#limits))
  }

  /** Brings what is asked for and sent in line with the phase. */
  #enter(state: SaverState): void {
    const { room } = this.#options
    const wasOn = this.#state.phase === 'on'
    const isOn = state.phase === 'on'
    this.#state = state
    this.#phase.set(state.phase)
    if (isOn && !wasOn) {
      this.#before = room.quality.get()
      room.setQuality('saving')
    }
    if (wasOn && !isOn) room.setQuality(this.#before)
  }

  /** Whoever chooses another quality meanwhile knows best. */
  #qualityChanged(): void {
    const { phase } = this.#state
    const isOwn = this.#options.room.quality.get() === (phase === 'on' ? 'saving' : this.#before)
    if (phase !== 'off' && !isOwn) {
      this.#state = { ...this.#state, phase: 'off' }
      this.decline()
    }
  }
}
