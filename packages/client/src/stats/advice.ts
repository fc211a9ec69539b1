import { type Judgement, rankOf } from './quality.ts'

/** What somebody can do about a bad connection. */
export type Advice =
  /** One's own connection is too slow for a camera. */
  | 'camera_off'
  /** One's own, and the camera is off already. */
  | 'better_network'
  /** This computer has too much to do. */
  | 'close_programs'
  /** The connection is coming back by itself. */
  | 'wait'
  /** It is theirs: they can do something about it. */
  | 'theirs'

/** What an advice depends on. */
export interface Situation {
  /** How well this browser sends. */
  readonly own: Judgement
  /** How well everyone else arrives. */
  readonly others: readonly Judgement[]
  readonly cameraOn: boolean
}

/** What to do about one's own connection; null when it is not bad, or only others' are. */
export function adviseOnOwn(situation: Situation): Advice | null {
  const { own } = situation
  if (own.problem === 'away') return 'wait'
  if (own.problem === 'cpu') return 'close_programs'
  return isBad(own) || mostAreBad(situation) ? lighten(situation) : null
}

/** What to do about how somebody else arrives; null when that is not bad. */
export function adviseOnOther(other: Judgement, situation: Situation): Advice | null {
  if (!isBad(other)) return null
  if (other.problem === 'away') return 'wait'
  const { own } = situation
  // What is wrong with this browser's sending, or with most people at once, has its cause on this side.
  if (rankOf(own) > 0) return adviseOnOwn(situation) ?? lighten(situation)
  return mostAreBad(situation) ? lighten(situation) : 'theirs'
}

function lighten({ cameraOn }: Situation): Advice {
  return cameraOn ? 'camera_off' : 'better_network'
}

function isBad(judgement: Judgement): boolean {
  return rankOf(judgement) >= rankOf({ level: 'poor' })
}

function mostAreBad({ others }: Situation): boolean {
  const bad = others.filter((other) => isBad(other) && other.problem !== 'away').length
  return bad >= 2 && bad * 2 > others.length
}
