import { expect, test } from 'vitest'
import { tileName } from './tile-name.ts'

const ana = {
  id: '1',
  name: 'Ana',
  isLocal: false,
  reconnecting: false,
  muted: false,
  cameraOn: true,
  sharingScreen: false,
}

test('names a person and says their state', () => {
  expect(tileName(ana)).toBe('Ana')
  expect(tileName({ ...ana, muted: true })).toBe('Ana, muted')
  expect(tileName({ ...ana, reconnecting: true })).toBe('Ana, reconnecting')
  expect(tileName({ ...ana, isLocal: true, muted: true })).toBe('Ana (you), muted')
})
