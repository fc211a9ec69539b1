import { DEFAULT_POLICY, MeetingPolicy } from '@video-meet/protocol'
import { expect, test } from 'vitest'
import { policyInput, policyValues } from './policy-values.ts'

const policy: MeetingPolicy = {
  ...DEFAULT_POLICY,
  join: 'invited',
  talk: 'members',
  video: 'presenters',
  chat: 'nobody',
  waitingRoom: 'not_invited',
  settings: 'host',
  opensMinutesBefore: 15,
  maxMinutes: 60,
}

test.each([policy, DEFAULT_POLICY])(
  'a policy is the same after it went through the fields of a form',
  (it) => {
    expect(MeetingPolicy.parse(policyInput(policyValues(it)))).toEqual(it)
  },
)

test('a meeting that opens at its start is another than one that is always open', () => {
  const opens = (minutes: number | null) =>
    policyInput(policyValues({ ...policy, opensMinutesBefore: minutes })).opensMinutesBefore
  expect(opens(0)).toBe(0)
  expect(opens(null)).toBeNull()
})
