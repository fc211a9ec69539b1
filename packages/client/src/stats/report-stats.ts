import type { StatsReport } from '@video-meet/protocol'
import type { ReadableStore } from '../core/store.ts'
import type { QualityChoice } from '../topology/demands.ts'
import type { CallSample } from './call-sample.ts'
import { condense } from './condense.ts'

/** Every ten seconds. */
const SAMPLES_PER_REPORT = 5

export interface ReportStatsOptions {
  /** What is measured, a `CallStats` has it. */
  readonly sample: ReadableStore<CallSample | null>
  /** How much the person wants to spend on pictures. */
  readonly quality: ReadableStore<QualityChoice>
  /** Sends; what does not get through is lost. */
  readonly report: (report: StatsReport) => Promise<void>
}

/**
 * Tells the server how this client is connected, for the owner of the meeting, as long as somebody measures.
 *
 * @returns stops it
 */
export function reportStats({ sample, quality, report }: ReportStatsOptions): () => void {
  let collected: CallSample[] = []
  let since = Date.now()
  return sample.subscribe(() => {
    const latest = sample.get()
    if (latest) collected.push(latest)
    if (collected.length < SAMPLES_PER_REPORT) return
    const condensed = condense(collected, (Date.now() - since) / 1000)
    collected = []
    since = Date.now()
    if (condensed) report({ ...condensed, saving: quality.get() === 'saving' }).catch(() => undefined)
  })
}
