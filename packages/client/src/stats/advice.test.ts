import { describe, expect, test } from 'vitest'
import { adviseOnOther, adviseOnOwn } from './advice.ts'
import { AWAY, GOOD, type Judgement, SILENCE } from './quality.ts'

const fair: Judgement = { level: 'fair', problem: 'loss' }
const poor: Judgement = { level: 'poor', problem: 'delay' }
const cpu: Judgement = { level: 'fair', problem: 'cpu' }

describe('on the own connection', () => {
  test.each([
    { what: 'nothing when all is well', own: GOOD, others: [GOOD, GOOD], advice: null },
    { what: 'nothing when it is fair', own: fair, others: [GOOD], advice: null },
    { what: 'to turn the camera off when it is slow', own: poor, others: [GOOD], advice: 'camera_off' },
    {
      what: 'to close programs when the computer is busy',
      own: cpu,
      others: [GOOD],
      advice: 'close_programs',
    },
    { what: 'to wait while it is lost', own: AWAY, others: [poor, poor], advice: 'wait' },
    {
      what: 'when most people arrive badly at once',
      own: GOOD,
      others: [poor, poor, GOOD],
      advice: 'camera_off',
    },
    { what: 'nothing when most are fair', own: GOOD, others: [fair, fair, GOOD], advice: null },
    {
      what: 'nothing when half of them arrive badly',
      own: GOOD,
      others: [poor, poor, GOOD, GOOD],
      advice: null,
    },
    { what: 'nothing when the only other one does', own: GOOD, others: [poor], advice: null },
    { what: 'nothing when others have lost theirs', own: GOOD, others: [AWAY, AWAY], advice: null },
    { what: 'when nobody is heard', own: GOOD, others: [SILENCE, SILENCE], advice: 'camera_off' },
  ] as const)('$what', ({ own, others, advice }) => {
    expect(adviseOnOwn({ own, others, cameraOn: true })).toBe(advice)
  })

  test('to find a better network when the camera is off already', () => {
    expect(adviseOnOwn({ own: poor, others: [GOOD], cameraOn: false })).toBe('better_network')
  })
})

describe('on how somebody else arrives', () => {
  test.each([
    { what: 'nothing when that is well', other: GOOD, own: poor, advice: null },
    { what: 'nothing when that is fair', other: fair, own: poor, advice: null },
    { what: 'to wait when they are away', other: AWAY, own: poor, advice: 'wait' },
    { what: 'it is theirs when this side is well', other: poor, own: GOOD, advice: 'theirs' },
    { what: 'it is the own connection when that is not', other: poor, own: fair, advice: 'camera_off' },
    { what: 'it is the own computer when that is busy', other: poor, own: cpu, advice: 'close_programs' },
  ] as const)('$what', ({ other, own, advice }) => {
    expect(adviseOnOther(other, { own, others: [other], cameraOn: true })).toBe(advice)
  })

  test('it is the own connection when most people arrive badly', () => {
    const situation = { own: GOOD, others: [poor, SILENCE, GOOD], cameraOn: false }
    expect(adviseOnOther(poor, situation)).toBe('better_network')
  })
})
