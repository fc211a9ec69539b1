import type { StatsReport } from '@video-meet/protocol'
import type { FeatureContext, RoomFeature } from './feature.ts'

/** Tells the server how this client is connected. */
export class StatsFeature implements RoomFeature<'stats'> {
  readonly #request: FeatureContext['request']

  constructor({ request }: FeatureContext) {
    this.#request = request
  }

  /** @throws {SignalingError} */
  async report(report: StatsReport): Promise<void> {
    await this.#request('stats.report', report, { oneConnection: true })
  }

  restore(): void {
    // There is nothing to be told.
  }

  close(): void {
    // There is nothing to be let go.
  }
}
