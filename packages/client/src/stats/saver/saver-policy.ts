import type { LineSample } from './line-sample.ts'

/**
 * When data is saved. Loss of a tenth is where the quality of a connection is called poor (`quality.ts`); 800 ms
 * there and back are twice the 400 ms one way above which, after ITU-T G.114, no talk should be planned; 200 kbit/s are
 * one camera in its lowest layer (150) and a voice with its packets' headers.
 */
export const SAVER_LIMITS = {
  bad: { lossShare: 0.1, rttMs: 800, bps: 200_000 },
  /** Well below what is bad: in between nothing is changed. */
  good: { lossShare: 0.03, rttMs: 400 },
  /** So long it has to be bad, of so long: one spike is none of it. */
  badMs: 10_000,
  windowMs: 20_000,
  /** Good for so long before pictures are tried again, at first; twice as long each time that this was too early. */
  goodMs: 30_000,
  mostGoodMs: 480_000,
  /** How long it is tried, and how long it may be bad in that time. */
  trialMs: 20_000,
  badTrialMs: 6000,
  /** Too early it was if data has to be saved again within this time. */
  soonMs: 180_000,
  /** Who has decided is not asked again for so long. */
  quietMs: 300_000,
} as const satisfies SaverLimits

export interface SaverLimits {
  readonly bad: { readonly lossShare: number; readonly rttMs: number; readonly bps: number }
  readonly good: { readonly lossShare: number; readonly rttMs: number }
  readonly badMs: number
  readonly windowMs: number
  readonly goodMs: number
  readonly mostGoodMs: number
  readonly trialMs: number
  readonly badTrialMs: number
  readonly soonMs: number
  readonly quietMs: number
}

/** `trial`: pictures are back, and it is seen whether the line carries them. */
export type SaverPhase = 'off' | 'proposed' | 'on' | 'trial'

interface Rated {
  readonly at: number
  /** How much time it speaks for. */
  readonly ms: number
  readonly rating: 'good' | 'fair' | 'bad'
}

export interface SaverState {
  readonly phase: SaverPhase
  /** The newest comes last. */
  readonly recent: readonly Rated[]
  readonly lastAt: number | null
  /** For how long it has been good. */
  readonly goodForMs: number
  /** When the phase began. */
  readonly since: number
  /** How long it has to be good before pictures are tried again. */
  readonly goodMs: number
  /** When saving ended last. */
  readonly endedAt: number | null
  /** Nothing is proposed before. */
  readonly quietUntil: number
}

/**
 * `propose` saving, or `withdraw` the proposal as it is good again; `undo` saving as a trial, and `resume` it when that was
 * too early.
 */
export type SaverDecision = 'propose' | 'withdraw' | 'undo' | 'resume'

interface Decided {
  readonly state: SaverState
  readonly decision: SaverDecision | null
}

export const NOT_SAVING: SaverState = {
  phase: 'off',
  recent: [],
  lastAt: null,
  goodForMs: 0,
  since: 0,
  goodMs: 0,
  endedAt: null,
  quietUntil: -Infinity,
}

/** What is not quite good takes away so many times as much good time: once in a while is nothing. */
const FAIR_COSTS = 3
/** A sample that comes late speaks for no more than this. */
const MOST_SAMPLE_MS = 5000

/** What a sample means: what is known now, and what to do. */
export function decide(before: SaverState, sample: LineSample, limits: SaverLimits = SAVER_LIMITS): Decided {
  const now = sample.at
  // Nothing is known meanwhile. That it was bad before still counts: bad lines lose the server again and again.
  if (!sample.isConnected) return stay({ ...before, goodForMs: 0, lastAt: now, since: now })
  const state = remember(before, sample, limits)
  switch (state.phase) {
    case 'off':
      return judgeLine(state, limits)
    case 'proposed':
      return state.goodForMs >= limits.goodMs ? enter(state, 'off', 'withdraw') : stay(state)
    case 'on':
      return state.goodForMs >= state.goodMs ? enter(state, 'trial', 'undo') : stay(state)
    case 'trial':
      return judgeTrial(state, limits)
  }
}

function judgeLine(state: SaverState, limits: SaverLimits): Decided {
  const latest = state.recent.at(-1)
  const isBad = latest?.rating === 'bad' && badMsOf(state) >= limits.badMs
  return isBad && latest.at >= state.quietUntil ? enter(state, 'proposed', 'propose') : stay(state)
}

function judgeTrial(state: SaverState, limits: SaverLimits): Decided {
  const ended = { ...state, endedAt: state.since }
  const now = state.lastAt ?? state.since
  if (badMsOf(state) >= limits.badTrialMs) return { state: begin(ended, now, limits), decision: 'resume' }
  return stay(now - state.since >= limits.trialMs ? { ...ended, phase: 'off' } : state)
}

/** Saving begins, as the person or their habit wants it. */
export function begin(state: SaverState, now: number, limits: SaverLimits = SAVER_LIMITS): SaverState {
  const isSoon = state.endedAt !== null && now - state.endedAt <= limits.soonMs
  const goodMs = isSoon ? Math.min(state.goodMs * 2, limits.mostGoodMs) : limits.goodMs
  return { ...afresh(state, now), phase: 'on', goodMs }
}

/** The person wants no saving now, or chose for themselves. */
export function decline(state: SaverState, now: number, limits: SaverLimits = SAVER_LIMITS): SaverState {
  return { ...afresh(state, now), phase: 'off', quietUntil: now + limits.quietMs }
}

function stay(state: SaverState): Decided {
  return { state, decision: null }
}

function enter(state: SaverState, phase: SaverPhase, decision: SaverDecision): Decided {
  return { state: { ...afresh(state, state.lastAt ?? state.since), phase }, decision }
}

/** What was before says nothing of what begins. */
function afresh(state: SaverState, since: number): SaverState {
  return { ...state, recent: [], goodForMs: 0, since }
}

function remember(state: SaverState, sample: LineSample, limits: SaverLimits): SaverState {
  const { at } = sample
  const ms = state.lastAt === null ? 0 : Math.min(MOST_SAMPLE_MS, Math.max(0, at - state.lastAt))
  // While saving it is the saving that holds pictures back, and what is not used is not known to be there.
  const known = state.phase === 'on' ? { ...sample, sendableBps: null, receivableBps: null } : sample
  const rating = rate(known, limits)
  const recent = [...state.recent, { at, ms, rating }].filter((one) => at - one.at < limits.windowMs)
  return { ...state, recent, lastAt: at, goodForMs: goodFor(state.goodForMs, ms, rating) }
}

function goodFor(before: number, ms: number, rating: Rated['rating']): number {
  if (rating === 'bad') return 0
  return rating === 'good' ? before + ms : Math.max(0, before - FAIR_COSTS * ms)
}

function rate(sample: LineSample, limits: SaverLimits): Rated['rating'] {
  // Without pictures there is nothing to be spared.
  if (isBad(sample, limits)) return sample.hasPictures ? 'bad' : 'fair'
  return isGood(sample, limits) ? 'good' : 'fair'
}

function isBad({ lossShare, rttMs, sendableBps, receivableBps }: LineSample, { bad }: SaverLimits): boolean {
  const bps = Math.min(sendableBps ?? Infinity, receivableBps ?? Infinity)
  return (lossShare ?? 0) >= bad.lossShare || (rttMs ?? 0) >= bad.rttMs || bps < bad.bps
}

function isGood({ lossShare, rttMs }: LineSample, { good }: SaverLimits): boolean {
  const isKnown = lossShare !== null || rttMs !== null
  return isKnown && (lossShare ?? 0) < good.lossShare && (rttMs ?? 0) < good.rttMs
}

function badMsOf({ recent }: SaverState): number {
  return recent.reduce((total, { ms, rating }) => (rating === 'bad' ? total + ms : total), 0)
}
