import { randomUUID } from 'node:crypto'
import { type ModerationNote, ParticipantId } from '@video-meet/protocol'
import { expect, it } from 'vitest'
import { MissedNotes } from './missed-notes.ts'

const [ana, ben] = [ParticipantId.parse(randomUUID()), ParticipantId.parse(randomUUID())]
const note = (by: string): ModerationNote => ({ act: 'handLowered', by })

it('keeps notes for each person by themselves, in order, and gives them out once', () => {
  const missed = new MissedNotes()
  missed.add(ana, note('Mia'))
  missed.add(ben, note('Max'))
  missed.add(ana, note('Moe'))
  expect(missed.take(ana)).toEqual([note('Mia'), note('Moe')])
  expect(missed.take(ana)).toEqual([])
  expect(missed.take(ben)).toEqual([note('Max')])
})

it('keeps the newest twenty', () => {
  const missed = new MissedNotes()
  for (let n = 1; n <= 25; n++) missed.add(ana, note(`${n}`))
  const kept = missed.take(ana)
  expect(kept).toHaveLength(20)
  expect([kept[0], kept.at(-1)]).toEqual([note('6'), note('25')])
})

it('forgets those who do not come back', () => {
  const missed = new MissedNotes()
  missed.add(ana, note('Mia'))
  missed.forget(ana)
  expect(missed.take(ana)).toEqual([])
})
