import { GOOD, type Judgement, rankOf } from './quality.ts'

/** It is worse when so many samples say so. */
const WORSE_AFTER = 2
/** It is better when so many samples say so. */
const BETTER_AFTER = 5

/** What the last samples said, and what is shown of it. */
export interface QualityTrend {
  /** The newest one comes last. */
  readonly recent: readonly Judgement[]
  readonly shown: Judgement
}

export const NEW_TREND: QualityTrend = { recent: [], shown: GOOD }

/** Takes one more sample into account. What is shown follows quickly when it gets worse and slowly when it gets better. */
export function followTrend({ recent, shown }: QualityTrend, now: Judgement): QualityTrend {
  const latest = [...recent, now].slice(-BETTER_AFTER)
  const atLeast = extreme(latest.slice(-WORSE_AFTER), -1)
  if (latest.length >= WORSE_AFTER && rankOf(atLeast) >= rankOf(shown) && rankOf(atLeast) > 0)
    return { recent: latest, shown: atLeast }
  const atMost = extreme(latest, 1)
  if (latest.length >= BETTER_AFTER && rankOf(atMost) < rankOf(shown))
    return { recent: latest, shown: atMost }
  return { recent: latest, shown }
}

/** The worst (1) or best (-1) of some; of those that are as bad the newest. */
function extreme(judgements: readonly Judgement[], direction: 1 | -1): Judgement {
  const [first = GOOD, ...rest] = judgements
  return rest.reduce((best, it) => ((rankOf(it) - rankOf(best)) * direction >= 0 ? it : best), first)
}
