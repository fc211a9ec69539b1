/*
 * M1b: how many round trips to the server lie between the click on "Join now" and the first frame of somebody else: the
 * slope of that time over the delay of the line of the one who joins. Directly it is their line to the server that is
 * slow; what goes from browser to browser is not, so that the round trips of ICE and DTLS do not count there.
 */
import { loadavg } from 'node:os'
import { JoinScene, type JoinStart, type JoinWay } from './support/join-scene.ts'
import { type Interval, medianSlopeOf, percentile, slopeOf, verdictOf } from './support/statistics.ts'
import { table } from './support/table.ts'

const JOINS = Number(process.env['JOINS'] ?? 6)
const ROUND_TRIPS_MS = [0, 60, 120]
const WAYS: readonly JoinWay[] = ['sfu', 'direct']
const STARTS: readonly JoinStart[] = ['warmed', 'cold']
/** Cold: one to join, one for ICE, two for DTLS and half a one for media, and one more. */
const GOALS: Readonly<Record<JoinStart, number>> = { cold: 5.5, warmed: 2 }

interface Result {
  readonly way: JoinWay
  readonly start: JoinStart
  readonly times: ReadonlyMap<number, readonly number[]>
  readonly marks: ReadonlyMap<string, number>
}

const results: Result[] = []
for (const way of WAYS) {
  await using scene = await JoinScene.open(way)
  await scene.join('warmed')
  for (const start of STARTS) results.push(await measure(scene, way, start))
}
process.stderr.write('\n')
report()

async function measure(scene: JoinScene, way: JoinWay, start: JoinStart): Promise<Result> {
  const times = new Map<number, number[]>(ROUND_TRIPS_MS.map((roundTripMs) => [roundTripMs, []]))
  const points = new Map<string, [number, number][]>()
  for (let n = 0; n < JOINS; n += 1)
    for (const [roundTripMs, all] of times) {
      const { firstFrame, marks } = await scene.join(start, roundTripMs)
      all.push(firstFrame)
      for (const [name, at] of Object.entries(marks))
        points.set(name, [...(points.get(name) ?? []), [roundTripMs, at]])
      process.stderr.write('.')
    }
  return { way, start, times, marks: new Map([...points].map(([name, all]) => [name, slopeOf(all)])) }
}

function tripsOf({ times }: Result): Interval {
  return medianSlopeOf([...times])
}

/** Directly the round trips of media are not in the figure, which the goals have in them. */
function goalOf(result: Result): string {
  if (result.way === 'direct') return 'signals only'
  const goal = GOALS[result.start]
  return `≤ ${goal}: ${verdictOf(tripsOf(result), goal, JOINS)}`
}

function text({ value, low, high }: Interval): string {
  return `${value.toFixed(1)} (${low.toFixed(1)} to ${high.toFixed(1)})`
}

function report(): void {
  console.log(`Click to first remote frame over a line with a delay, ${JOINS} joins each, p50\n`)
  const head = ['', ...ROUND_TRIPS_MS.map((ms) => `+ ${ms} ms`), 'round trips', 'goal']
  const rows = results.map((result) => [
    `${result.way}, ${result.start}`,
    ...[...result.times.values()].map((all) => `${percentile(all, 0.5).toFixed(0)} ms`),
    text(tripsOf(result)),
    goalOf(result),
  ])
  console.log(table([head, ...rows]))
  for (const { way, start, marks } of results) {
    const counted = [...marks]
      .toSorted(([, a], [, b]) => a - b)
      .map(([name, trips]) => [name, trips.toFixed(1)])
    console.log(`\n${table([[`${way}, ${start}: round trips until`, ''], ...counted])}`)
  }
  console.log(`\nload ${loadavg()[0]?.toFixed(1)}\n`)
  const samples = results.map((result) => ({
    ...result,
    trips: tripsOf(result),
    times: [...result.times],
    marks: [...result.marks],
  }))
  console.log(JSON.stringify({ metric: 'round-trips', joins: JOINS, goals: GOALS, samples }))
}
