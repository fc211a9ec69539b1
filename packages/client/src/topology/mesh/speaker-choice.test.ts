import { ParticipantId } from '@video-meet/protocol'
import { beforeEach, expect, it } from 'vitest'
import { SpeakerChoice } from './speaker-choice.ts'

const [ana, ben, cem] = [0, 1, 2].map(() => ParticipantId.parse(crypto.randomUUID())) as [
  ParticipantId,
  ParticipantId,
  ParticipantId,
]
let choice: SpeakerChoice
let now: number

/** What is heard for `ms`, looked at every 200 of them. */
function hear(ms: number, ...levels: readonly (readonly [ParticipantId, number])[]): ParticipantId | null {
  let active: ParticipantId | null = null
  for (const end = now + ms; now < end; now += 200)
    active = choice.hear(
      levels.map(([participantId, level]) => ({ participantId, level })),
      now,
    )
  return active
}

beforeEach(() => {
  choice = new SpeakerChoice()
  now = 0
})

it('is nobody until somebody speaks, and then who does, at once', () => {
  expect(hear(1000)).toBe(null)
  expect(hear(200, [ana, -50], [ben, -30])).toBe(ben)
})

it('stays with who spoke last when all are silent', () => {
  hear(200, [ana, -30])
  expect(hear(5000)).toBe(ana)
})

it('changes to one who is clearly louder for almost half a second', () => {
  hear(1000, [ana, -40])
  expect(hear(400, [ana, -40], [ben, -30])).toBe(ana)
  expect(hear(200, [ana, -40], [ben, -30])).toBe(ben)
})

it('does not change to one who is a little louder, however long', () => {
  hear(1000, [ana, -40])
  expect(hear(10_000, [ana, -40], [ben, -35])).toBe(ana)
})

it('does not change for a cough, nor for two different ones', () => {
  hear(1000, [ana, -40])
  for (let times = 0; times < 5; times += 1) {
    hear(400, [ana, -40], [ben, -10])
    expect(hear(200, [ana, -40])).toBe(ana)
    hear(200, [ana, -40], [ben, -10])
    expect(hear(400, [ana, -40], [cem, -10])).toBe(ana)
  }
})

it('changes to one who answers', () => {
  hear(1000, [ana, -40])
  expect(hear(600, [ben, -55])).toBe(ben)
})

it('is not one who is gone', () => {
  hear(1000, [ana, -40])
  choice.keep([ana, ben])
  expect(hear(200)).toBe(ana)
  choice.keep([ben])
  expect(hear(200)).toBe(null)
})
