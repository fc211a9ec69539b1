import { readPreference } from './preferences.ts'

/** What a person switches on and off for this browser, and how it is before they do. */
const BEFORE = {
  shortcuts: true,
  mirror: true,
  pushToTalk: true,
  talkHints: true,
  echoCancellation: true,
  noiseSuppression: true,
  autoGain: true,
  music: false,
  direct: true,
  smoothScreen: false,
} as const

export type Habit = keyof typeof BEFORE
export type Habits = Readonly<Record<Habit, boolean>>

export function readHabits(): Habits {
  const entries = Object.entries(BEFORE).map(([habit, before]) => {
    const kept = readPreference(habit as Habit)
    return [habit, kept === undefined ? before : kept === 'on']
  })
  return Object.fromEntries(entries) as Habits
}
