import type { CommonLayout } from '@video-meet/protocol'
import type { OwnLayout } from '../../store/ui-slice.ts'

interface Person {
  readonly id: string
  readonly name: string
  readonly isLocal: boolean
}

export interface StageViewOptions {
  readonly own: OwnLayout
  /** What moderators arrange for everyone. */
  readonly common: CommonLayout
  readonly people: readonly Person[]
  /** Who of the others spoke last. */
  readonly speaker: string | null
}

export interface StageView {
  readonly mode: OwnLayout['mode']
  /** Shown large, whatever else is on the stage. */
  readonly chosen: string | null
  /** Shown large while nothing else is. */
  readonly speaking: string | null
  /** Name of the person whose layout this is, if it is not the own one. */
  readonly following: string | null
}

/** How the stage is arranged now: the spotlight comes before the layout that is led, and that before the own one. */
export function stageView({ own, common, people, speaker }: StageViewOptions): StageView {
  const { led, spotlight } = common
  const leader = people.find(({ id, isLocal }) => id === led?.by && !isLocal)
  const { mode, pinned } = leader && led ? led.layout : own
  const here = (wanted: string | null) => people.find(({ id }) => id === wanted)?.id
  return {
    mode,
    chosen: here(spotlight) ?? here(pinned) ?? null,
    speaking:
      mode === 'speaker' ? (here(speaker) ?? people.find(({ isLocal }) => !isLocal)?.id ?? null) : null,
    following: leader?.name ?? null,
  }
}
