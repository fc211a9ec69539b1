import type { LocalParticipant, Room } from '@video-meet/client'
import type { MeetingCode } from '@video-meet/protocol'

/** With what a person comes into a meeting again. */
export interface Choice {
  readonly name: string
  readonly microphone: boolean
  readonly camera: boolean
}

/** What a tab remembers of being in a meeting, so that a reload leads back into it. */
export interface Stay extends Choice {
  readonly code: MeetingCode
  /** When this was true last, as `Date.now()`: for a page that is gone, when it went. */
  readonly at: number
}

const KEY = 'video-meet.stay'
/** The server holds a seat no longer; and a tab that is restored days later must not switch a camera on. */
const SEAT_HELD_MS = 120_000

/** The stay that a reload has interrupted; `null` when the page was opened in any other way. */
export function interruptedStay(code: MeetingCode): Stay | null {
  const [navigation] = performance.getEntriesByType('navigation')
  if (!(navigation instanceof PerformanceNavigationTiming) || navigation.type !== 'reload') return null
  const stay = readStay()
  return stay?.code === code && Date.now() - stay.at < SEAT_HELD_MS ? stay : null
}

/** Remembers this stay for as long as it lasts. @returns stops following it; the memory stays unless the room ended */
export function rememberStay(room: Room): () => void {
  const write = () => {
    if (room.state.get().status === 'ended') forgetStay()
    else writeStay(stayIn(room))
  }
  const undo = [
    room.localParticipant.state.subscribe(write),
    room.on('trackMuteChanged', write),
    room.state.subscribe(write),
  ]
  addEventListener('pagehide', write)
  write()
  return () => {
    removeEventListener('pagehide', write)
    for (const stop of undo) stop()
  }
}

export function forgetStay(): void {
  try {
    sessionStorage.removeItem(KEY)
  } catch {
    // Storage is blocked: there is nothing to forget.
  }
}

/** @returns what the person has on, and had on at the end when the room has ended */
export function followChoice(room: Room): () => Choice {
  let choice: Choice = stayIn(room)
  // At its end the room takes the tracks away one by one, which is no choice of the person.
  const follow = () => {
    choice = stayIn(room)
  }
  room.on('trackPublished', follow)
  room.on('trackMuteChanged', follow)
  return () => ({ ...choice, name: room.localParticipant.name })
}

function stayIn({ code, localParticipant }: Room): Stay {
  return {
    code,
    name: localParticipant.name,
    microphone: isOn(localParticipant, 'microphone'),
    camera: isOn(localParticipant, 'camera'),
    at: Date.now(),
  }
}

function isOn(person: LocalParticipant, source: 'microphone' | 'camera'): boolean {
  return person.track(source)?.state.get().muted === false
}

function writeStay(stay: Stay): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(stay))
  } catch {
    // Storage is blocked: a reload leads to the screen before the meeting.
  }
}

function readStay(): Stay | null {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Stay | null
  } catch {
    return null
  }
}
