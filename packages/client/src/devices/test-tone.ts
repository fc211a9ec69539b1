import { openSpeaker } from './speaker-sink.ts'

/** A chord that is broken upwards, Hz. */
const NOTES = [523, 659, 784] as const
const NOTE_S = 0.3
const LOUDNESS = 0.2

/** Plays a short tune on a loudspeaker. @returns when it is over. Never rejects. */
export async function playTestTone(speakerId: string, signal: AbortSignal): Promise<void> {
  const context = new AudioContext()
  const speaker = await openSpeaker(context, speakerId)
  const volume = new GainNode(context, { gain: 0 })
  volume.connect(speaker.input)
  const ended = Promise.withResolvers<void>()
  signal.addEventListener('abort', () => ended.resolve(), { once: true })
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
    if (index === NOTES.length - 1) note.addEventListener('ended', () => ended.resolve())
  }
  if (signal.aborted) ended.resolve()
  await ended.promise
  speaker.close()
  await context.close().catch(() => undefined)
}
