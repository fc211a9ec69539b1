import { closeAudio, deferred, openAudioContext } from '../core/browser.ts'
import { CaptureError } from '../errors.ts'
import { openSpeaker } from './speaker-sink.ts'

/** A chord that is broken upwards, Hz. */
const NOTES = [523, 659, 784] as const
const NOTE_S = 0.3
const LOUDNESS = 0.2

/**
 * Plays a short tune on a loudspeaker.
 *
 * @returns when it is over
 * @throws {CaptureError} `no_web_audio`
 */
export async function playTestTone(speakerId: string, signal: AbortSignal): Promise<void> {
  const context = openAudioContext()
  if (!context) throw CaptureError.noWebAudio()
  const speaker = await openSpeaker(context, speakerId)
  const volume = new GainNode(context, { gain: 0 })
  volume.connect(speaker.input)
  const ended = deferred<undefined>()
  const end = () => ended.resolve(undefined)
  signal.addEventListener('abort', end, { once: true })
  for (const [index, frequency] of NOTES.entries()) {
    const start = context.currentTime + index * NOTE_S
    const note = new OscillatorNode(context, { frequency })
    note.connect(volume)
    // Fades in and out: a tone that is cut clicks.
    volume.gain.setValueAtTime(0, start)
    volume.gain.linearRampToValueAtTime(LOUDNESS, start + 0.03)
    volume.gain.linearRampToValueAtTime(0, start + NOTE_S)
    note.start(start)
    note.stop(start + NOTE_S)
    if (index === NOTES.length - 1) note.addEventListener('ended', end)
  }
  if (signal.aborted) end()
  await ended.promise
  speaker.close()
  closeAudio(context)
}
