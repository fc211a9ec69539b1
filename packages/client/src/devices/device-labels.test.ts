import { beforeEach, expect, it, vi } from 'vitest'
import { knownLabels, rememberLabels } from './device-labels.ts'

let kept: Map<string, string>

beforeEach(() => {
  kept = new Map()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  })
})

it('knows a name after the browser tells it no longer, and takes a new one', () => {
  rememberLabels([{ deviceId: 'a', label: 'Headset' }])
  rememberLabels([{ deviceId: 'a', label: '' }])
  expect(knownLabels().get('a')).toBe('Headset')
  rememberLabels([{ deviceId: 'a', label: 'Better headset' }])
  expect([...knownLabels()]).toEqual([['a', 'Better headset']])
})

it('forgets the oldest first', () => {
  for (let id = 0; id <= 40; id++) rememberLabels([{ deviceId: `${id}`, label: 'Camera' }])
  expect(knownLabels().size).toBe(40)
  expect(knownLabels().has('0')).toBe(false)
})

it('works without storage, and with rubbish in it', () => {
  kept.set('video-meet.deviceLabels', '{"a":')
  expect(knownLabels().size).toBe(0)
  vi.stubGlobal('localStorage', undefined)
  rememberLabels([{ deviceId: 'a', label: 'Headset' }])
  expect(knownLabels().size).toBe(0)
})
