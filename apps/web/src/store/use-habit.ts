import type { Habit } from '../lib/habits.ts'
import { writePreference } from '../lib/preferences.ts'
import { useAppDispatch, useAppSelector } from './hooks.ts'
import { habitSwitched } from './ui-slice.ts'

/** A habit of this person, and the way to change it for this and later visits. */
export function useHabit(habit: Habit): readonly [on: boolean, change: (on: boolean) => void] {
  const dispatch = useAppDispatch()
  const on = useAppSelector((state) => state.ui.habits[habit])
  return [
    on,
    (next) => {
      dispatch(habitSwitched({ habit, on: next }))
      writePreference(habit, next ? 'on' : 'off')
    },
  ]
}
