import { describe, expect, test } from 'vitest'
import { adviseOnOther, adviseOnOwn } from './advice.ts'
import { AWAY, GOOD, type Judgement, SILENCE } from './quality.ts'

const fair: Judgement = { level: 'fair', problem: 'loss' }
const poor: Judgement = { level: 'poor', problem: 'delay' }
const cpu: Judgement = { level: 'fair', problem: 'cpu' }

describe('on the own connection', () => {
  test.each([
    { what: 'nothing when all is well', own: GOOD, others: [GOOD, GOOD], cameraOn: true, advice: null },
    {
      what: 'to turn the camera off when it is slow',
      own: poor,
      others: [GOOD],
      cameraOn: true,
      advice: 'camera_off',
    },
    {
      what: 'to find a better one when the camera is off',
      own: poor,
      others: [GOOD],
      cameraOn: false,
      advice: 'better_network',
    },
    {
      what: 'to close programs when the computer is busy',
      own: cpu,
      others: [GOOD],
      cameraOn: true,
      advice: 'close_programs',
    },
    { what: 'to wait while it is lost', own: AWAY, others: [poor, poor], cameraOn: true, advice: 'wait' },
    {
      what: 'when most people arrive badly at once',
      own: GOOD,
      others: [fair, poor, GOOD],
      cameraOn: true,
      advice: 'camera_off',
    },
    {
      what: 'nothing when half of them do',
      own: GOOD,
      others: [fair, poor, GOOD, GOOD],
      cameraOn: true,
      advice: null,
    },
    { what: 'nothing when the only other one does', own: GOOD, others: [poor], cameraOn: true, advice: null },
    {
      what: 'nothing when others have lost theirs',
      own: GOOD,
      others: [AWAY, AWAY],
      cameraOn: true,
      advice: null,
    },
    {
      what: 'when nobody is heard',
      own: GOOD,
      others: [SILENCE, SILENCE],
      cameraOn: false,
      advice: 'better_network',
    },
  ] as const)('$what', ({ own, others, cameraOn, advice }) => {
    expect(adviseOnOwn({ own, others, cameraOn })).toBe(advice)
  })
})

describe('on how somebody else arrives', () => {
  test.each([
    { what: 'nothing when that is well', other: GOOD, own: poor, advice: null },
    { what: 'to wait while they are away', other: AWAY, own: poor, advice: 'wait' },
    { what: 'it is theirs when this side is well', other: poor, own: GOOD, advice: 'theirs' },
    { what: 'it is the own connection when that is bad', other: poor, own: fair, advice: 'camera_off' },
  ] as const)('$what', ({ other, own, advice }) => {
    expect(adviseOnOther(other, { own, others: [other], cameraOn: true })).toBe(advice)
  })
})
