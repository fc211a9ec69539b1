import { deferred } from '../core/browser.ts'
import { type ReadableStore, Store, patchStore } from '../core/store.ts'
import { CaptureError, RestError, SignalingError } from '../errors.ts'
import {
  type Bandwidth,
  bandwidthOutcome,
  type CheckOutcome,
  type CheckStep,
  type CheckStepId,
  type CheckView,
  NOT_CHECKED,
  softenWays,
} from './check-view.ts'

/** In which way media is to go: over UDP or TCP to the media server, or over TURN. */
export type EchoWay = 'udp' | 'tcp' | 'relay'

/** A path to the media server and back. */
export interface EchoProbe {
  /** Sends a picture until it comes back. */
  arrives(signal: AbortSignal): Promise<void>
  /** Sends a picture for some seconds. */
  measure(signal: AbortSignal): Promise<Bandwidth>
  close(): void
}

/** A line to the server over which paths are opened. */
export interface CheckServer {
  /** @returns null when there is no such way, as without a TURN server */
  openPath(way: EchoWay, signal: AbortSignal): Promise<EchoProbe | null>
  close(): void
}

/** What a test is made of; tests give fakes. */
export interface CheckParts {
  readonly captureCamera: () => Promise<MediaStreamTrack>
  readonly captureMicrophone: () => Promise<MediaStreamTrack>
  readonly playTone: (signal: AbortSignal) => Promise<void>
  readonly connect: (signal: AbortSignal) => Promise<CheckServer>
}

interface Outcome {
  readonly outcome: CheckOutcome
  readonly reason?: string
}

const PASSED: Outcome = { outcome: 'passed' }
const DEVICE_WITHIN_MS = 30_000
const TONE_WITHIN_MS = 4000
const SERVER_WITHIN_MS = 10_000
const PATH_WITHIN_MS = 7000
const MEASURED_WITHIN_MS = 18_000

/** Tests devices, the server and every way for media, one after the other, without joining anything. */
export class ConnectionCheck {
  readonly #parts: CheckParts
  readonly #state = new Store<CheckView>(NOT_CHECKED)
  #running: AbortController | null = null

  constructor(parts: CheckParts) {
    this.#parts = parts
  }

  get state(): ReadableStore<CheckView> {
    return this.#state
  }

  /** Tests everything, from the beginning; to be called from a click or key press. Never rejects. */
  async start(): Promise<void> {
    this.stop()
    const run = new AbortController()
    this.#running = run
    this.#state.set({ ...NOT_CHECKED, phase: 'running' })
    await this.#devices(run.signal)
    await this.#network(run.signal)
    if (run.signal.aborted) return
    this.#running = null
    patchStore(this.#state, { phase: 'done', steps: softenWays(this.#state.get().steps) })
  }

  /** Ends a running test; nothing of it is kept. */
  stop(): void {
    if (!this.#running) return
    this.#running.abort()
    this.#running = null
    this.#state.set(NOT_CHECKED)
  }

  async #devices(run: AbortSignal): Promise<void> {
    const { captureCamera, captureMicrophone, playTone } = this.#parts
    const opens = (capture: () => Promise<MediaStreamTrack>) => async () => {
      const track = await capture()
      track.stop()
      return PASSED
    }
    await this.#step('camera', { run, withinMs: DEVICE_WITHIN_MS, act: opens(captureCamera) })
    await this.#step('microphone', { run, withinMs: DEVICE_WITHIN_MS, act: opens(captureMicrophone) })
    await this.#step('speaker', {
      run,
      withinMs: TONE_WITHIN_MS,
      act: async (signal) => {
        await playTone(signal)
        return PASSED
      },
    })
  }

  async #network(run: AbortSignal): Promise<void> {
    let server: CheckServer | null = null
    await this.#step('server', {
      run,
      withinMs: SERVER_WITHIN_MS,
      act: async (signal) => {
        server = await this.#parts.connect(signal)
        return PASSED
      },
    })
    // TypeScript does not see what the step has set.
    const line = server as CheckServer | null
    for (const way of ['udp', 'tcp', 'relay'] as const)
      await this.#step(way, { run, withinMs: PATH_WITHIN_MS, act: (signal) => tryWay(line, way, signal) })
    await this.#step('bandwidth', {
      run,
      withinMs: MEASURED_WITHIN_MS,
      act: (signal) => this.#measure(line, signal),
    })
    line?.close()
  }

  async #measure(server: CheckServer | null, signal: AbortSignal): Promise<Outcome> {
    const { steps } = this.#state.get()
    const way = (['udp', 'tcp', 'relay'] as const).find((id) =>
      steps.some((step) => step.id === id && step.outcome === 'passed'),
    )
    const probe = way && (await server?.openPath(way, signal))
    if (!probe) return { outcome: 'skipped' }
    try {
      const bandwidth = await probe.measure(signal)
      if (!signal.aborted) patchStore(this.#state, { bandwidth })
      return { outcome: bandwidthOutcome(bandwidth) }
    } finally {
      probe.close()
    }
  }

  async #step(id: CheckStepId, step: Step): Promise<void> {
    const { run } = step
    if (run.aborted) return
    this.#set(id, { outcome: 'running', ms: null, reason: null })
    const startedAt = performance.now()
    const { outcome, reason = null } = await settled(step)
    if (run.aborted) return
    const ms = outcome === 'skipped' ? null : Math.round(performance.now() - startedAt)
    this.#set(id, { outcome, ms, reason })
  }

  #set(id: CheckStepId, change: Omit<CheckStep, 'id'>): void {
    const steps = this.#state.get().steps.map((step) => (step.id === id ? { id, ...change } : step))
    patchStore(this.#state, { steps })
  }
}

interface Step {
  readonly run: AbortSignal
  readonly withinMs: number
  readonly act: (signal: AbortSignal) => Promise<Outcome>
}

async function tryWay(server: CheckServer | null, way: EchoWay, signal: AbortSignal): Promise<Outcome> {
  const probe = await server?.openPath(way, signal)
  if (!probe) return { outcome: 'skipped' }
  try {
    await probe.arrives(signal)
    return PASSED
  } finally {
    probe.close()
  }
}

/** What came of an act; one that does not end in time has failed. */
async function settled({ run, withinMs, act }: Step): Promise<Outcome> {
  const end = new AbortController()
  const late = deferred<Outcome>()
  const giveUp = () => {
    end.abort()
    late.resolve({ outcome: 'failed', reason: 'timeout' })
  }
  const timer = setTimeout(giveUp, withinMs)
  run.addEventListener('abort', giveUp, { once: true })
  try {
    return await Promise.race([act(end.signal), late.promise])
  } catch (error) {
    return { outcome: 'failed', reason: end.signal.aborted ? 'timeout' : reasonOf(error) }
  } finally {
    clearTimeout(timer)
    run.removeEventListener('abort', giveUp)
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof CaptureError) return error.reason
  if (error instanceof SignalingError || error instanceof RestError) return error.code
  return 'unknown'
}
