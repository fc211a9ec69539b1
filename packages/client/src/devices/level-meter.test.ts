import { expect, it } from 'vitest'
import { loudness } from './level-meter.ts'

function tone(amplitude: number): Float32Array {
  return Float32Array.from({ length: 1024 }, (_, index) => amplitude * Math.sin(index / 3))
}

it('reads silence as 0 and anything close to full scale as 1', () => {
  expect(loudness(new Float32Array(1024))).toBe(0)
  expect(loudness(tone(0.001))).toBe(0)
  expect(loudness(tone(1))).toBe(1)
})

it('rises with every doubling by the same step', () => {
  const levels = [0.02, 0.04, 0.08, 0.16].map((amplitude) => loudness(tone(amplitude)))
  const steps = levels.slice(1).map((level, index) => level - (levels[index] ?? 0))
  for (const step of steps) expect(step).toBeCloseTo(0.12, 1)
  expect(levels[0]).toBeGreaterThan(0.3)
})
