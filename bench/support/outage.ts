import { setTimeout as delay } from 'node:timers/promises'
import { openChat } from '../../e2e/support/chat.ts'
import type { Person } from '../../e2e/support/person.ts'
import { type CallWay, flowAt, inScene, type Scene, watchBoth } from './fault-scene.ts'
import type { FaultResult, Figure } from './figures.ts'
import { backAt, longestGap } from './flow-times.ts'
import { type Balance, Ledger } from './ledger.ts'

/** Something that stops, and how soon everything should be there again, in ms. */
export interface Outage {
  readonly fault: string
  readonly way: CallWay
  /**
   * Brings it about.
   *
   * @returns from when time counts: when it was over, or when it happened, if it is not over by itself
   */
  readonly strike: (scene: Scene) => Promise<number>
  readonly goals: {
    /** The longest time without new sound. */
    readonly soundGap?: number
    readonly pictureGap?: number
    /** Until sound is there again and stays. */
    readonly sound?: number
    readonly picture?: number
    /** Until what was written has arrived. */
    readonly chat?: number
  }
}

const KINDS = ['sounds', 'pictures'] as const
const BEFORE_MS = 3000
const AFTER_MS = 3000
const BACK_WITHIN_MS = 60_000
const LOOK_EVERY_MS = 500
const GHOSTS_GONE_WITHIN_MS = 5000

/** Strikes a call, and tells what its people noticed. */
export function measureOutage({ fault, way, strike, goals }: Outage): Promise<FaultResult> {
  return inScene({ way }, async (scene) => {
    const people = [scene.ana, scene.ben]
    for (const person of people) await openChat(person)
    await watchBoth(scene)
    const ledger = new Ledger(people)
    ledger.start()
    await delay(BEFORE_MS)
    const struckAt = Date.now()
    const countsFrom = await strike(scene)
    const media = await mediaAfter(people, struckAt, countsFrom)
    const balance = await ledger.close(countsFrom)
    const figures: Figure[] = [
      { what: 'longest time without sound', value: media.soundGap, unit: 'ms', ...most(goals.soundGap) },
      {
        what: 'longest time without picture',
        value: media.pictureGap,
        unit: 'ms',
        ...most(goals.pictureGap),
      },
      { what: 'sound is back after', value: media.sound, unit: 'ms', ...most(goals.sound) },
      { what: 'picture is back after', value: media.picture, unit: 'ms', ...most(goals.picture) },
      ...chatFigures(balance, goals.chat),
      { what: 'ghosts', value: await ghosts(people), unit: '', most: 0 },
      { what: 'pages to load again', value: await lostPages(people), unit: '', most: 0 },
    ]
    return { fault, way, figures }
  })
}

function most(goal: number | undefined): Pick<Figure, 'most'> {
  return goal === undefined ? {} : { most: goal }
}

function chatFigures(
  { written, lost, twice, again, slowestMs }: Balance,
  goal: number | undefined,
): Figure[] {
  return [
    { what: 'messages arrive after', value: slowestMs, unit: 'ms', ...most(goal) },
    { what: 'messages written', value: written, unit: '' },
    { what: 'of these lost', value: lost, unit: '', most: 0 },
    { what: 'shown twice', value: twice, unit: '', most: 0 },
    { what: 'to be sent again by hand', value: again, unit: '' },
  ]
}

/** The worse of the two ends, for each. */
async function mediaAfter(people: readonly Person[], struckAt: number, countsFrom: number) {
  const deadline = Date.now() + BACK_WITHIN_MS
  for (;;) {
    const now = Date.now()
    const flows = await Promise.all(people.map(flowAt))
    const isBack = flows.every((flow) => KINDS.every((kind) => backAt(flow[kind], countsFrom, now)))
    if (isBack || now > deadline) break
    await delay(LOOK_EVERY_MS)
  }
  await delay(AFTER_MS)
  const now = Date.now()
  const flows = await Promise.all(people.map(flowAt))
  const worst = (of: (flow: (typeof flows)[number]) => number) => Math.max(...flows.map(of))
  const backIn = (times: readonly number[]) => (backAt(times, countsFrom, now) ?? Infinity) - countsFrom
  if (process.env['TALK'])
    console.error(flows.map((flow) => KINDS.map((kind) => Math.round(backIn(flow[kind])))))
  return {
    soundGap: worst(({ sounds }) => longestGap(sounds, struckAt, now)),
    pictureGap: worst(({ pictures }) => longestGap(pictures, struckAt, now)),
    sound: worst(({ sounds }) => backIn(sounds)),
    picture: worst(({ pictures }) => backIn(pictures)),
  }
}

/** Tiles beyond one for the other one, or missing, that stay so. One's own is named otherwise. */
async function ghosts(people: readonly Person[]): Promise<number> {
  const count = async () => {
    const wrong = people.flatMap((person) =>
      people.map(async (of) => {
        const tiles = await person.page.evaluate((name) => window.tilesOf(name), of.name)
        return Math.abs(tiles - (of === person ? 0 : 1))
      }),
    )
    return (await Promise.all(wrong)).reduce((sum, number) => sum + number, 0)
  }
  const deadline = Date.now() + GHOSTS_GONE_WITHIN_MS
  while ((await count()) > 0 && Date.now() < deadline) await delay(LOOK_EVERY_MS)
  return await count()
}

/** People whose page was loaded again, or who are not in the call any more. */
async function lostPages(people: readonly Person[]): Promise<number> {
  const stayed = await Promise.all(
    people.map(
      async (person) =>
        (await person.page.evaluate(() => window.faultWatch !== undefined)) &&
        (await person.button('Leave').isVisible()),
    ),
  )
  return stayed.filter((isHere) => !isHere).length
}
