import { expect, test } from 'vitest'
import type { PersonView } from '../../store/meeting-slice.ts'
import { tileName } from './tile-name.ts'

const ana: PersonView = {
  id: '1',
  name: 'Ana',
  isLocal: false,
  reconnecting: false,
  muted: false,
  cameraOn: true,
  sharingScreen: false,
  role: 'participant',
  may: [],
  hand: 0,
  spotlighted: false,
}

test('names a person and says their state', () => {
  expect(tileName(ana)).toBe('Ana')
  expect(tileName({ ...ana, muted: true })).toBe('Ana, muted')
  expect(tileName({ ...ana, muted: true, hand: 2 })).toBe('Ana, muted, hand raised')
  expect(tileName({ ...ana, reconnecting: true })).toBe('Ana, reconnecting')
  expect(tileName({ ...ana, isLocal: true, muted: true })).toBe('Ana (you), muted')
})
