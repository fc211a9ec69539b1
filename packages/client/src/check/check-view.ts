/** What is tested, in this order. */
export const CHECK_STEPS = [
  'camera',
  'microphone',
  'speaker',
  'server',
  'udp',
  'tcp',
  'relay',
  'bandwidth',
] as const
export type CheckStepId = (typeof CHECK_STEPS)[number]

/** `warning`: it goes without; `skipped`: there is nothing to test. */
export type CheckOutcome = 'waiting' | 'running' | 'passed' | 'warning' | 'failed' | 'skipped'

export interface CheckStep {
  readonly id: CheckStepId
  readonly outcome: CheckOutcome
  /** How long it took. */
  readonly ms: number | null
  /** Why it failed, as a device or the server says it. */
  readonly reason: string | null
}

/** What was measured with a picture that went to the media server and back. */
export interface Bandwidth {
  readonly upBps: number
  readonly downBps: number
  readonly lossShare: number
  readonly rttMs: number | null
  /** It was still becoming more, so that it is at least this. */
  readonly growing: boolean
}

export type CheckPhase = 'ready' | 'running' | 'done'

export interface CheckView {
  readonly phase: CheckPhase
  readonly steps: readonly CheckStep[]
  readonly bandwidth: Bandwidth | null
}

/** `limited`: a call will go, but not well; `blocked`: it will not. */
export type CheckVerdict = 'good' | 'limited' | 'blocked'

export const NOT_CHECKED: CheckView = {
  phase: 'ready',
  steps: CHECK_STEPS.map((id) => ({ id, outcome: 'waiting', ms: null, reason: null })),
  bandwidth: null,
}

/** What a small picture with sound needs, and what a good one does. */
const NARROW_BPS = 400_000
const WIDE_BPS = 1_000_000
const LOSSY = 0.05

/** How a measured bandwidth counts. */
export function bandwidthOutcome({ upBps, downBps, lossShare, growing }: Bandwidth): CheckOutcome {
  const least = Math.min(upBps, downBps)
  if (least < NARROW_BPS) return 'failed'
  if (lossShare > LOSSY) return 'warning'
  return least < WIDE_BPS && !growing ? 'warning' : 'passed'
}

/** Of the ways for media one is enough: what fails is then only said. */
export function softenWays(steps: readonly CheckStep[]): readonly CheckStep[] {
  const isWay = ({ id }: CheckStep) => id === 'udp' || id === 'tcp' || id === 'relay'
  const goes = steps.some((step) => isWay(step) && step.outcome === 'passed')
  if (!goes) return steps
  return steps.map((step) =>
    isWay(step) && step.outcome === 'failed' ? { ...step, outcome: 'warning' } : step,
  )
}

/** What all of it means for a call. */
export function verdictOf({ steps }: CheckView): CheckVerdict {
  const outcomeOf = (id: CheckStepId) => steps.find((step) => step.id === id)?.outcome
  const ways = [outcomeOf('udp'), outcomeOf('tcp'), outcomeOf('relay')]
  if (outcomeOf('server') === 'failed' || !ways.includes('passed')) return 'blocked'
  const isFlawed = steps.some(
    ({ id, outcome }) => outcome === 'failed' || (outcome === 'warning' && id !== 'tcp' && id !== 'relay'),
  )
  return isFlawed ? 'limited' : 'good'
}
