import { closeAudio, openAudioContext } from '../core/browser.ts'
import { CaptureError } from '../errors.ts'
import { loudness } from './level-meter.ts'
import { openSpeaker } from './speaker-sink.ts'

/** What hears a microphone and gives it back later. */
export interface EchoRig {
  /** How loud it is, 0 to 1: what the microphone hears, and from `replay()` on what is played back. */
  level(): number
  /** Hears no more. */
  replay(): void
  close(): void
}

export interface EchoRigOptions {
  /** Belongs to the rig from now on. */
  readonly track: MediaStreamTrack
  readonly speakerId: string
  /** How much later it is played. */
  readonly delayS: number
}

/**
 * Connects a microphone to a loudspeaker with a delay: nothing is stored, coded or sent.
 *
 * @throws {CaptureError} `no_web_audio`; the track is stopped then
 */
export async function openEchoRig(options: EchoRigOptions): Promise<EchoRig> {
  const context = openAudioContext()
  try {
    if (!context) throw CaptureError.noWebAudio()
    return await connect(context, options)
  } catch (error) {
    options.track.stop()
    closeAudio(context)
    throw error
  }
}

async function connect(
  context: AudioContext,
  { track, speakerId, delayS }: EchoRigOptions,
): Promise<EchoRig> {
  const speaker = await openSpeaker(context, speakerId)
  const source = context.createMediaStreamSource(new MediaStream([track]))
  const gate = new GainNode(context)
  const delay = new DelayNode(context, { delayTime: delayS, maxDelayTime: delayS + 1 })
  const analyser = new AnalyserNode(context, { fftSize: 1024 })
  source.connect(gate).connect(delay).connect(speaker.input)
  gate.connect(analyser)
  const samples = new Float32Array(analyser.fftSize)
  await context.resume().catch(() => undefined)
  return {
    level() {
      analyser.getFloatTimeDomainData(samples)
      return loudness(samples)
    },
    replay() {
      gate.gain.value = 0
      gate.disconnect(analyser)
      delay.connect(analyser)
      track.stop()
    },
    close() {
      track.stop()
      speaker.close()
      closeAudio(context)
    },
  }
}
