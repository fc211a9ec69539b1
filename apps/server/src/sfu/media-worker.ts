import { createWorker, errors, type types } from 'mediasoup'
import { withDeadline } from '../platform/deadline.ts'
import { Emitter } from '../platform/emitter.ts'
import { AppError } from '../platform/errors.ts'
import type { Logger } from '../platform/logger.ts'
import { type ListenOptions, listenInfos } from './listen-addresses.ts'

/** No call to a worker is waited for any longer: mediasoup itself waits for ever on a worker that hangs. */
const CALL_DEADLINE_MS = 3000
const PROBE_INTERVAL_MS = 2000

type MediaWorkerEvents = {
  /** The worker's process is gone and with it everything that lived in it. */
  died: []
}

export interface MediaWorkerOptions {
  readonly listen: ListenOptions
  readonly log: Logger
}

/** One mediasoup worker process with its port. A worker that stops answering is killed, so that its rooms can move. */
export class MediaWorker extends Emitter<MediaWorkerEvents> {
  readonly #worker: types.Worker
  readonly webRtcServer: types.WebRtcServer
  readonly #log: Logger
  readonly #probe: NodeJS.Timeout
  /** Media sessions that live in this worker. */
  sessionCount = 0
  #routerCount = 0

  private constructor(worker: types.Worker, webRtcServer: types.WebRtcServer, log: Logger) {
    super()
    this.#worker = worker
    this.webRtcServer = webRtcServer
    this.#log = log
    worker.on('died', (error) => {
      log.error({ pid: worker.pid, err: error }, 'worker died')
      clearInterval(this.#probe)
      this.emit('died')
      this.removeListeners()
    })
    this.#probe = setInterval(() => void this.#check(), PROBE_INTERVAL_MS)
    this.#probe.unref()
  }

  /** @throws AppError `media_unavailable` when the process or its port cannot be had */
  static async start({ listen, log }: MediaWorkerOptions): Promise<MediaWorker> {
    const worker = await createWorker({ logLevel: 'warn' }).catch((cause: unknown) => {
      throw new AppError(
        'media_unavailable',
        `The media worker does not start (${cause instanceof Error ? cause.message : String(cause)}). Run: npm run doctor`,
        { cause },
      )
    })
    leaveSignalsAlone(worker)
    try {
      const webRtcServer = await withDeadline(
        worker.createWebRtcServer({ listenInfos: listenInfos(listen) }),
        CALL_DEADLINE_MS,
        'Opening the media port',
      )
      log.info({ pid: worker.pid, port: listen.port }, 'worker started')
      return new MediaWorker(worker, webRtcServer, log)
    } catch (cause) {
      worker.close()
      throw new AppError('media_unavailable', `The SFU cannot listen on port ${listen.port} (UDP and TCP).`, {
        cause,
      })
    }
  }

  get pid(): number {
    return this.#worker.pid
  }

  get closed(): boolean {
    return this.#worker.closed
  }

  /**
   * Waits for a call into this worker.
   *
   * @throws AppError `media_unavailable` when it takes too long (the worker is killed then) or the worker is gone,
   *   `unsupported_media` when mediasoup does not accept the parameters, `conflict` when the call comes at a wrong time
   */
  async call<T>(what: string, work: Promise<T>): Promise<T> {
    try {
      return await withDeadline(work, CALL_DEADLINE_MS, what)
    } catch (cause) {
      if (cause instanceof AppError) this.#kill(what)
      throw this.#translate(cause)
    }
  }

  /** The pool places new rooms where this is least. A room that nobody has entered yet counts too. */
  get load(): number {
    return this.sessionCount + this.#routerCount
  }

  async createRouter(mediaCodecs: types.RouterRtpCodecCapability[]): Promise<types.Router> {
    this.#routerCount += 1
    try {
      const router = await this.call('Creating a router', this.#worker.createRouter({ mediaCodecs }))
      router.observer.once('close', () => (this.#routerCount -= 1))
      return router
    } catch (error) {
      this.#routerCount -= 1
      throw error
    }
  }

  dump(): Promise<types.WorkerDump> {
    return this.call('Describing a worker', this.#worker.dump())
  }

  close(): void {
    clearInterval(this.#probe)
    this.removeListeners()
    this.#worker.close()
  }

  async #check(): Promise<void> {
    try {
      await this.call('Probing a worker', this.#worker.getResourceUsage())
    } catch (error) {
      if (!this.closed) this.#log.warn({ pid: this.pid, err: error }, 'worker probe failed')
    }
  }

  #translate(cause: unknown): AppError {
    if (this.closed || cause instanceof AppError) {
      return new AppError('media_unavailable', 'The media server is restarting. Try again in a moment.', {
        cause,
      })
    }
    const refused = cause instanceof TypeError || cause instanceof errors.UnsupportedError
    if (refused) return new AppError('unsupported_media', cause.message, { cause })
    return new AppError('conflict', cause instanceof Error ? cause.message : 'The media server refused.', {
      cause,
    })
  }

  /** The process is killed outright: a stopped process does not take a polite signal. */
  #kill(reason: string): void {
    if (this.closed) return
    this.#log.error({ pid: this.pid, reason }, 'worker does not answer, killing it')
    try {
      process.kill(this.pid, 'SIGKILL')
    } catch (error) {
      this.#log.warn({ pid: this.pid, err: error }, 'worker was gone already')
    }
  }
}

/**
 * mediasoup closes its workers by itself when the process is told to end, before anyone in a call knows. When they close
 * is up to whoever started them.
 */
function leaveSignalsAlone(worker: types.Worker): void {
  const { onSignal } = worker as unknown as { onSignal: NodeJS.SignalsListener }
  process.removeListener('SIGINT', onSignal)
  process.removeListener('SIGTERM', onSignal)
}
