import { expect, test } from 'vitest'
import { languageChoices, timeZoneChoices } from './locale-choices.ts'

test('languages are called as their speakers call them, and the current one is always there', () => {
  const choices = languageChoices('de-LU')
  expect(choices).toContainEqual({ value: 'fr-FR', label: 'français (France)' })
  expect(choices.some(({ value }) => value === 'de-LU')).toBe(true)
  expect(languageChoices('fr-FR').filter(({ value }) => value === 'fr-FR')).toHaveLength(1)
})

test('time zones say how far they are from UTC on that day', () => {
  const winter = timeZoneChoices('UTC', new Date('2026-01-15T12:00:00Z'))
  const summer = timeZoneChoices('UTC', new Date('2026-07-15T12:00:00Z'))
  expect(winter).toContainEqual({ value: 'Europe/Vienna', label: 'Europe/Vienna (UTC+01:00)' })
  expect(summer).toContainEqual({ value: 'Europe/Vienna', label: 'Europe/Vienna (UTC+02:00)' })
  expect(winter).toContainEqual({ value: 'UTC', label: 'UTC (UTC+00:00)' })
})
