import type { QualityLevel, QualityProblem } from '@video-meet/protocol'

export interface Judgement {
  readonly level: QualityLevel
  /** None when all is well. */
  readonly problem: QualityProblem | null
}

/** What was measured over a sample; null where nothing is known. */
export interface Measured {
  readonly lossShare?: number | null
  readonly rttMs?: number | null
  readonly jitterMs?: number | null
  readonly frozenShare?: number | null
  readonly concealedShare?: number | null
}

/** What was measured of what this browser sends. */
export interface MeasuredSending extends Measured {
  readonly limitation?: 'none' | 'cpu' | 'bandwidth' | 'other' | null
  readonly availableBps?: number | null
  readonly bitrateBps?: number | null
}

/** From which value on something is fair, and from which it is poor. */
const LIMITS = {
  loss: [0.03, 0.1],
  delay: [300, 600],
  jitter: [50, 120],
  freezes: [0.08, 0.25],
  gaps: [0.04, 0.12],
} as const

/** What a voice and a small picture need. */
const NARROW_BPS = 150_000
/** A browser that sends less than this share of what it believes can be sent never learns that there is more. */
const USED_SHARE = 0.7

export const GOOD: Judgement = { level: 'good', problem: null }
export const AWAY: Judgement = { level: 'lost', problem: 'away' }
export const SILENCE: Judgement = { level: 'lost', problem: 'silence' }

const RANK: Readonly<Record<QualityLevel, number>> = { good: 0, fair: 1, poor: 2, lost: 3 }

/** How bad a level is: more is worse. */
export function rankOf({ level }: Pick<Judgement, 'level'>): number {
  return RANK[level]
}

/** The worse one; of two that are as bad the first. */
export function worse<J extends Pick<Judgement, 'level'>>(first: J, second: J): J {
  return rankOf(second) > rankOf(first) ? second : first
}

/** Judges what arrives of somebody. */
export function judge(measured: Measured): Judgement {
  const { lossShare, rttMs, jitterMs, frozenShare, concealedShare } = measured
  return [
    rate('loss', lossShare),
    rate('gaps', concealedShare),
    rate('freezes', frozenShare),
    rate('delay', rttMs),
    rate('jitter', jitterMs),
  ].reduce(worse, GOOD)
}

/** Judges what this browser sends. */
export function judgeSending(measured: MeasuredSending): Judgement {
  const { limitation } = measured
  const limited: Judgement =
    limitation === 'cpu' || limitation === 'bandwidth' ? { level: 'fair', problem: limitation } : GOOD
  const narrow: Judgement = isNarrow(measured) ? { level: 'poor', problem: 'bandwidth' } : GOOD
  return [judge(measured), narrow, limited].reduce(worse, GOOD)
}

function isNarrow({ limitation, availableBps, bitrateBps }: MeasuredSending): boolean {
  if (availableBps === null || availableBps === undefined || availableBps >= NARROW_BPS) return false
  return limitation === 'bandwidth' || (bitrateBps ?? 0) >= availableBps * USED_SHARE
}

function rate(problem: keyof typeof LIMITS, value: number | null | undefined): Judgement {
  const [fair, poor] = LIMITS[problem]
  if (value === null || value === undefined || value < fair) return GOOD
  return { level: value < poor ? 'fair' : 'poor', problem }
}
