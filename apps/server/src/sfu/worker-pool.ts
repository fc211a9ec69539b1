import { availableParallelism } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { RequestLimit, RtpCapabilities } from '@video-meet/protocol'
import { AppError } from '../platform/errors.ts'
import type { Logger } from '../platform/logger.ts'
import { TokenBucket } from '../platform/token-bucket.ts'
import { ROUTER_CODECS } from './codecs.ts'
import { EchoSession } from './echo-session.ts'
import { MediaWorker } from './media-worker.ts'
import { RoomRouter } from './room-router.ts'

/** A machine on which workers die faster than this has a problem that new workers do not solve at once. */
const RESPAWNS: RequestLimit = { burst: 5, perMinute: 5 }
/** Whoever needs a worker while the only one is replaced waits so long for the new one. */
const REPLACED_WITHIN_MS = 2000

/** Longer than the pause between new workers that keep dying. */
const BEYOND_REPAIR_MS = 120_000

export interface WorkerPoolOptions {
  readonly listenIp?: string | undefined
  readonly announcedAddress?: string | undefined
  /** Port of the first worker; the next ones count up. 0 lets the system choose. */
  readonly port: number
  /** One per core when absent. */
  readonly workers?: number | undefined
  readonly log: Logger
}

/** The SFU's worker processes. A dead one is replaced; its rooms ask for a new router and get it on another one. */
export class WorkerPool {
  readonly #options: WorkerPoolOptions
  readonly #workers = new Map<number, MediaWorker>()
  readonly #respawns = new TokenBucket(RESPAWNS)
  readonly #pause = new AbortController()
  /** Workers that are about to be there in place of dead ones. */
  readonly #replacements = new Set<Promise<void>>()

  #workerlessSince: number | null = null

  private constructor(options: WorkerPoolOptions) {
    this.#options = options
  }

  /** @throws AppError `media_unavailable` when a worker cannot start */
  static async start(options: WorkerPoolOptions): Promise<WorkerPool> {
    const pool = new WorkerPool(options)
    const count = options.workers ?? availableParallelism()
    const started = await Promise.allSettled(
      Array.from({ length: count }, (_, index) => pool.#startWorker(index)),
    )
    const failed = started.find((result) => result.status === 'rejected')
    if (failed) {
      pool.close()
      throw failed.reason
    }
    return pool
  }

  /** Whether there is a worker to place rooms on. */
  get isHealthy(): boolean {
    return this.#workers.size > 0
  }

  /** No worker has been alive for so long that new ones won't come either. */
  get isBeyondRepair(): boolean {
    return this.#workerlessSince !== null && performance.now() - this.#workerlessSince > BEYOND_REPAIR_MS
  }

  get workers(): readonly MediaWorker[] {
    return [...this.#workers.values()]
  }

  /**
   * A router for a room, on the worker with the least load.
   *
   * @throws AppError `media_unavailable` when no worker is alive
   */
  async createRoomRouter(log: Logger): Promise<RoomRouter> {
    await this.#replaced()
    const worker = this.#leastLoaded()
    return RoomRouter.create({ worker, router: await worker.createRouter(ROUTER_CODECS), log })
  }

  /**
   * What somebody sends comes back to them, on the worker with the least load.
   *
   * @throws AppError `media_unavailable` when no worker is alive
   */
  async openEcho(rtpCapabilities: RtpCapabilities): Promise<EchoSession> {
    await this.#replaced()
    return EchoSession.open(this.#leastLoaded(), rtpCapabilities)
  }

  close(): void {
    this.#pause.abort()
    for (const worker of this.#workers.values()) worker.close()
    this.#workers.clear()
  }

  /** Waits for a moment where the only worker has died. */
  async #replaced(): Promise<void> {
    if (this.isHealthy || this.#replacements.size === 0) return
    const waiting = new AbortController()
    const late = sleep(REPLACED_WITHIN_MS, undefined, { signal: waiting.signal }).catch(() => undefined)
    await Promise.race([...this.#replacements, late])
    waiting.abort()
  }

  #leastLoaded(): MediaWorker {
    const worker = this.workers.toSorted((a, b) => a.load - b.load)[0]
    if (!worker)
      throw new AppError('media_unavailable', 'The media server is restarting. Try again in a moment.')
    return worker
  }

  async #startWorker(index: number): Promise<void> {
    const { listenIp, announcedAddress, port, log } = this.#options
    const worker = await MediaWorker.start({
      listen: { listenIp, announcedAddress, port: port === 0 ? 0 : port + index },
      log,
    })
    if (this.#pause.signal.aborted) return worker.close()
    this.#workers.set(index, worker)
    this.#workerlessSince = null
    worker.on('died', () => {
      this.#workers.delete(index)
      if (this.#workers.size === 0) this.#workerlessSince = performance.now()
      const replacement = this.#respawn(index)
      this.#replacements.add(replacement)
      void replacement.finally(() => this.#replacements.delete(replacement))
    })
  }

  async #respawn(index: number): Promise<void> {
    const { log } = this.#options
    const { signal } = this.#pause
    while (!signal.aborted) {
      if (!this.#respawns.take()) {
        const seconds = this.#respawns.secondsUntil(1)
        log.fatal({ index, seconds }, 'workers keep dying, waiting before the next one')
        await sleep(seconds * 1000, undefined, { signal, ref: false }).catch(() => undefined)
        continue
      }
      try {
        return await this.#startWorker(index)
      } catch (error) {
        log.error({ index, err: error }, 'a new worker did not start')
      }
    }
  }
}
