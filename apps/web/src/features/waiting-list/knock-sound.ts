import { buildAudio, closeAudio } from '@video-meet/client/browser'

const KEY = 'video-meet.knockSound'
/** Two tones going down, as of a door bell, Hz. */
const TONES = [784, 587] as const
const TONE_S = 0.16
const LOUDNESS = 0.12

/** Whether knocks are heard at this browser. */
export function knockSoundOn(): boolean {
  try {
    return localStorage.getItem(KEY) !== 'off'
  } catch {
    // Storage is blocked: the page works without memory.
    return true
  }
}

export function switchKnockSound(on: boolean): void {
  try {
    localStorage.setItem(KEY, on ? 'on' : 'off')
  } catch {
    // As above.
  }
}

/** Plays the knock, unless it is switched off or the browser blocks sound. */
export function playKnock(): void {
  if (!knockSoundOn()) return
  buildAudio((context) => {
    const volume = new GainNode(context, { gain: 0 })
    volume.connect(context.destination)
    for (const [index, frequency] of TONES.entries()) {
      const start = context.currentTime + index * TONE_S
      const tone = new OscillatorNode(context, { frequency })
      tone.connect(volume)
      // Fades in and out: a tone that is cut off clicks.
      volume.gain.setValueAtTime(0, start)
      volume.gain.linearRampToValueAtTime(LOUDNESS, start + 0.02)
      volume.gain.linearRampToValueAtTime(0, start + TONE_S)
      tone.start(start)
      tone.stop(start + TONE_S)
      if (index === TONES.length - 1) tone.addEventListener('ended', () => closeAudio(context))
    }
  })
}
