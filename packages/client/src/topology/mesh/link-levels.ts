import { buildAudio, closeAudio } from '../../core/browser.ts'

interface LevelReport {
  readonly type: string
  readonly kind?: string
  readonly audioLevel?: number
}

/** How loud is what comes in and goes out over links, from 0 to 1 of full scale. */
export class LinkLevels {
  /** The newest packet of each receiver: of a voice that has stopped, browsers go on to tell the last loudness. */
  readonly #newest = new WeakMap<RTCRtpReceiver, number>()
  #own: OwnLevel | undefined

  /** @returns null when nothing new has come in */
  async ofReceiver(receiver: RTCRtpReceiver): Promise<number | null> {
    const source = receiver.getSynchronizationSources()[0]
    if (!source) return null
    if (source.audioLevel !== undefined) {
      const isNew = this.#newest.get(receiver) !== source.rtpTimestamp
      this.#newest.set(receiver, source.rtpTimestamp)
      return isNew ? source.audioLevel : null
    }
    return (await levelIn(receiver, 'inbound-rtp')) ?? null
  }

  /** The same for all links: one of them is enough. */
  async ofSender(sender: RTCRtpSender): Promise<number | null> {
    const { track } = sender
    if (!track?.enabled) return null
    const level = await levelIn(sender, 'media-source')
    if (level !== undefined) return level
    if (this.#own?.track !== track) {
      this.#own?.close()
      this.#own = new OwnLevel(track)
    }
    return this.#own.read()
  }

  close(): void {
    this.#own?.close()
    this.#own = undefined
  }
}

async function levelIn(end: RTCRtpReceiver | RTCRtpSender, type: string): Promise<number | undefined> {
  const stats = await end.getStats()
  for (const report of stats.values() as Iterable<LevelReport>)
    if (report.type === type && report.audioLevel !== undefined) return report.audioLevel
  return undefined
}

const SAMPLES = 2048

/** Measures the microphone itself, for browsers whose statistics don't include its level. */
class OwnLevel {
  readonly track: MediaStreamTrack
  readonly #samples = new Float32Array(SAMPLES)
  /** Undefined where the browser can't measure: others see that this person speaks, this person doesn't. */
  readonly #graph: { readonly context: AudioContext; readonly analyser: AnalyserNode } | undefined

  constructor(track: MediaStreamTrack) {
    this.track = track
    this.#graph = buildAudio((context) => {
      const analyser = context.createAnalyser()
      analyser.fftSize = SAMPLES
      context.createMediaStreamSource(new MediaStream([track])).connect(analyser)
      return { context, analyser }
    })
  }

  read(): number | null {
    if (!this.#graph) return null
    this.#graph.analyser.getFloatTimeDomainData(this.#samples)
    return Math.sqrt(this.#samples.reduce((sum, sample) => sum + sample * sample, 0) / SAMPLES)
  }

  close(): void {
    closeAudio(this.#graph?.context)
  }
}
