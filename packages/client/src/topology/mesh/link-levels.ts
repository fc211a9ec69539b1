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

/** Measures the microphone itself, where a browser has no statistics of it. */
class OwnLevel {
  readonly track: MediaStreamTrack
  readonly #context = new AudioContext({ latencyHint: 'playback' })
  readonly #samples = new Float32Array(SAMPLES)
  #analyser: AnalyserNode | null = null

  constructor(track: MediaStreamTrack) {
    this.track = track
    try {
      const source = this.#context.createMediaStreamSource(new MediaStream([track]))
      const analyser = this.#context.createAnalyser()
      analyser.fftSize = SAMPLES
      source.connect(analyser)
      this.#analyser = analyser
      this.#context.resume().catch(() => {})
    } catch {
      // Not every browser takes every microphone; then nobody sees that this person speaks, who knows it.
    }
  }

  read(): number | null {
    if (!this.#analyser) return null
    this.#analyser.getFloatTimeDomainData(this.#samples)
    return Math.sqrt(this.#samples.reduce((sum, sample) => sum + sample * sample, 0) / SAMPLES)
  }

  close(): void {
    this.#context.close().catch(() => {})
  }
}
