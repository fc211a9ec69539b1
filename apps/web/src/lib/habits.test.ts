import { beforeEach, expect, test } from 'vitest'
import { readHabits } from './habits.ts'
import { writePreference } from './preferences.ts'

beforeEach(() => localStorage.clear())

test('habits are as most people want them until they are switched', () => {
  expect(readHabits()).toMatchObject({ mirror: true, shortcuts: true, music: false })
  writePreference('mirror', 'off')
  writePreference('music', 'on')
  expect(readHabits()).toMatchObject({ mirror: false, shortcuts: true, music: true })
})
