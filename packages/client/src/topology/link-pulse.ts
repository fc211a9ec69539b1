import type { ExpectedTrack } from './stall-watch.ts'

/** What has come in over each path, by its id: answers of the other end, and anything else. */
type Pulse = ReadonlyMap<string, number>

interface PathReport {
  readonly type: string
  readonly id: string
  readonly responsesReceived?: number
  readonly bytesReceived?: number
}

/**
 * Tells a path on which nothing comes in from one whose other end has nothing to send: that one goes on to answer
 * whether it is there.
 */
export class LinkPulse {
  #noted: Promise<Pulse> | undefined

  note(expected: readonly ExpectedTrack[]): void {
    this.#noted = readPulse(expected)
  }

  /** Whether nothing at all has come in since it was noted. */
  async hasStopped(expected: readonly ExpectedTrack[]): Promise<boolean> {
    const before = await this.#noted
    const now = await readPulse(expected)
    return [...now].every(([id, count]) => count <= (before?.get(id) ?? 0))
  }
}

async function readPulse(expected: readonly ExpectedTrack[]): Promise<Pulse> {
  const pulse = new Map<string, number>()
  for (const { receiver } of expected) {
    const stats = await receiver.getStats().catch(() => undefined)
    for (const report of (stats?.values() ?? []) as Iterable<PathReport>) {
      const { type, id, responsesReceived = 0, bytesReceived = 0 } = report
      if (type === 'candidate-pair') pulse.set(id, responsesReceived + bytesReceived)
    }
  }
  return pulse
}
