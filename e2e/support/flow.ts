import { expect } from '@playwright/test'
import type { Person } from './person.ts'
import type { ProbeEvent } from './probe.ts'

const SILENCE_MS = 1500

/**
 * Keeps from now on what arrives at `person` and what the tiles are called, each with its time; returns when something
 * of `kinds` has arrived.
 */
export async function watch(person: Person, ...kinds: ('audio' | 'video')[]): Promise<void> {
  await person.page.evaluate(() => window.probe.watch())
  for (const kind of kinds) await untilArrives(person, kind, 0)
}

export async function eventsAt(person: Person): Promise<ProbeEvent[]> {
  return await person.page.evaluate(() => window.probe.events)
}

/** Time of the last click in the page of `person`. */
export async function clickedAt(person: Person): Promise<number> {
  return await person.page.evaluate(() => window.probe.lastClickAt)
}

/** Waits until nothing of this kind has arrived for a while, and tells when the last of it did. */
export async function untilNothingArrives(person: Person, kind: 'audio' | 'video'): Promise<number> {
  const look = () =>
    person.page.evaluate((wanted) => {
      const { events, watchedAt, sampledAt } = window.probe
      const last = events.findLast((event) => event.kind === wanted)?.at ?? watchedAt
      return { last, silence: sampledAt - last }
    }, kind)
  await expect
    .poll(async () => (await look()).silence, { message: `${kind} stops at ${person.name}'s` })
    .toBeGreaterThan(SILENCE_MS)
  return (await look()).last
}

/** Waits until something of this kind arrives after `since`, and tells when the first of it did. */
export async function untilArrives(person: Person, kind: 'audio' | 'video', since: number): Promise<number> {
  const first = async () =>
    (await eventsAt(person)).find((event) => event.kind === kind && event.at >= since)?.at ?? 0
  await expect.poll(first, { message: `${kind} arrives at ${person.name}'s` }).toBeGreaterThan(0)
  return await first()
}

/** Waits until a tile has a name like `pattern` after `since`, and tells when it first had. */
export async function untilNamed(person: Person, pattern: RegExp, since: number): Promise<number> {
  const first = async () =>
    (await eventsAt(person)).find(
      ({ at, kind, subject }) =>
        kind === 'name' && at >= since && subject.split('\n').some((name) => pattern.test(name)),
    )?.at ?? 0
  await expect.poll(first, { message: `a tile is named ${pattern} at ${person.name}'s` }).toBeGreaterThan(0)
  return await first()
}

/** Longest time in ms for which nothing of this kind arrived. */
export function longestGap(events: readonly ProbeEvent[], kind: 'audio' | 'video'): number {
  const times = events.filter((event) => event.kind === kind).map(({ at }) => at)
  return Math.max(0, ...times.map((at, index) => at - (times[index - 1] ?? at)))
}

/** How many streams of sound and pictures the browser of `person` sends. */
export async function sentBy(person: Person): Promise<number> {
  return await person.page.evaluate(async () => {
    const reports = await Promise.all(window.probe.connections.map((connection) => connection.getStats()))
    const all = reports.flatMap((report) => [...(report.values() as Iterable<RTCStats>)])
    return all.filter(({ type }) => type === 'outbound-rtp').length
  })
}
