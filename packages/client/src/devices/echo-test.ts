import { type ReadableStore, Store } from '../core/store.ts'
import type { CaptureError } from '../errors.ts'
import { captureErrorFrom } from './capture-error.ts'
import { type EchoRig, type EchoRigOptions, openEchoRig } from './echo-rig.ts'

/** How long the microphone is recorded, and then played back. */
const LENGTH_S = 4
const EVERY_MS = 80
/** Louder than the noise of a quiet room. */
const HEARD = 0.25

export interface EchoView {
  readonly phase: 'ready' | 'opening' | 'recording' | 'playing' | 'failed'
  /** How much of the phase is over, 0 to 1. */
  readonly progress: number
  /** How loud it is at this moment, 0 to 1. */
  readonly level: number
  /** Whether the microphone has heard anything in the last test; null before one has been recorded. */
  readonly heard: boolean | null
  readonly error: CaptureError | null
}

export interface EchoTestOptions {
  /** Gives a microphone track of the test's own. */
  readonly open: () => Promise<MediaStreamTrack>
  /** Which loudspeaker plays; empty for the system's default. */
  readonly speakerId: string
}

const READY: EchoView = { phase: 'ready', progress: 0, level: 0, heard: null, error: null }

/** Records the microphone for some seconds and plays that back, all inside the browser. */
export class EchoTest {
  readonly #openRig: (options: EchoRigOptions) => Promise<EchoRig>
  readonly #state = new Store<EchoView>(READY)
  #rig: EchoRig | null = null
  #timer: ReturnType<typeof setInterval> | undefined
  /** Counts the tests: what belongs to an earlier one is thrown away. */
  #test = 0

  constructor(openRig: (options: EchoRigOptions) => Promise<EchoRig> = openEchoRig) {
    this.#openRig = openRig
  }

  get state(): ReadableStore<EchoView> {
    return this.#state
  }

  /** Records and plays back; begins anew when it is running. Failures are in the state. Never rejects. */
  async start({ open, speakerId }: EchoTestOptions): Promise<void> {
    this.stop()
    const test = ++this.#test
    this.#state.set({ ...READY, phase: 'opening' })
    try {
      const rig = await this.#openRig({ track: await open(), speakerId, delayS: LENGTH_S })
      if (test === this.#test) this.#run(rig)
      else rig.close()
    } catch (error) {
      if (test === this.#test) this.#state.set({ ...READY, phase: 'failed', error: captureErrorFrom(error) })
    }
  }

  /** Ends the test at once; what was found stays. */
  stop(): void {
    this.#test += 1
    clearInterval(this.#timer)
    this.#rig?.close()
    this.#rig = null
    this.#state.set({ ...READY, heard: this.#state.get().heard })
  }

  #run(rig: EchoRig): void {
    this.#rig = rig
    const begun = performance.now()
    let heard = false
    let isReplaying = false
    this.#timer = setInterval(() => {
      const passed = (performance.now() - begun) / 1000 / LENGTH_S
      if (passed >= 2) return this.stop()
      const level = rig.level()
      if (passed < 1) {
        heard ||= level >= HEARD
        this.#state.set({ ...READY, phase: 'recording', progress: passed, level })
        return
      }
      if (!isReplaying) rig.replay()
      isReplaying = true
      this.#state.set({ ...READY, phase: 'playing', progress: passed - 1, level, heard })
    }, EVERY_MS)
    this.#state.set({ ...READY, phase: 'recording' })
  }
}
