import { expect } from '@playwright/test'
import { patient } from '../../scripts/test/time-factor.ts'
import type { Person } from './person.ts'

/** Leaving the server again waits for ten seconds of calm. */
const CALM_AND_MORE = { timeout: patient(25_000) }

/** Waits until the room says how media flows, and nothing flows in another way any more. */
export async function expectWay(way: 'Direct' | 'Server', ...people: Person[]): Promise<void> {
  for (const { page, name } of people) {
    await expect(page.getByRole('banner').getByText(way, { exact: true })).toBeVisible(CALM_AND_MORE)
    const links = way === 'Direct' ? people.length - 1 : 0
    await expect
      .poll(() => page.evaluate(countSendingConnections), {
        message: `connections over which ${name} sends`,
        ...CALM_AND_MORE,
      })
      .toEqual({ toPeople: links, toServer: way === 'Direct' ? 0 : 1 })
  }
}

/** Connections over which sound goes out at this moment; those to the server only send, links go both ways. */
async function countSendingConnections(): Promise<{ toPeople: number; toServer: number }> {
  const counts = { toPeople: 0, toServer: 0 }
  for (const connection of window.probe.connections) {
    if (connection.connectionState !== 'connected') continue
    const senders = connection.getTransceivers().filter(({ sender }) => sender.track?.kind === 'audio')
    if (senders.length === 0) continue
    const isLink = senders.some(({ currentDirection }) => currentDirection === 'sendrecv')
    counts[isLink ? 'toPeople' : 'toServer'] += 1
  }
  return counts
}
