import { ParticipantId, type TrackSource } from '@video-meet/protocol'
import { expect, it } from 'vitest'
import { chooseOnePicture } from './choose-one-picture.ts'
import type { Demand } from './demands.ts'

const [ana, ben, cem] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()].map((id) =>
  ParticipantId.parse(id),
) as [ParticipantId, ParticipantId, ParticipantId]

const shown = (id: ParticipantId, heightPx: number, source: TrackSource = 'camera'): Demand => ({
  id,
  source,
  shown: { heightPx },
})
const none = { before: null, speaker: null }

it('is nothing when nothing is shown, and the only picture when there is one', () => {
  expect(chooseOnePicture([], none)).toBeNull()
  expect(chooseOnePicture([shown(ana, 90)], { ...none, speaker: ben })?.id).toBe(ana)
})

it('is a shared screen before all faces, whoever speaks', () => {
  const screen = shown(ben, 90, 'screen')
  expect(chooseOnePicture([shown(ana, 720), screen], { ...none, speaker: ana })).toBe(screen)
})

it('is of two screens the larger one, or of two of one size that of the speaker', () => {
  const screens = [shown(ana, 300, 'screen'), shown(ben, 900, 'screen')]
  expect(chooseOnePicture(screens, { ...none, speaker: ana })?.id).toBe(ben)
  const equal = [shown(ana, 300, 'screen'), shown(ben, 300, 'screen')]
  expect(chooseOnePicture(equal, { ...none, speaker: ben })?.id).toBe(ben)
})

it('is the face that is shown clearly larger, as it was chosen', () => {
  const faces = [shown(ana, 120), shown(ben, 600), shown(cem, 120)]
  expect(chooseOnePicture(faces, { ...none, speaker: cem })?.id).toBe(ben)
})

it('is who speaks, and then the same one until another one speaks who is seen', () => {
  const faces = [shown(ana, 300), shown(ben, 310), shown(cem, 300)]
  const first = chooseOnePicture(faces, { before: null, speaker: cem })
  expect(first?.id).toBe(cem)
  expect(chooseOnePicture(faces, { before: first, speaker: null })?.id).toBe(cem)
  expect(chooseOnePicture(faces.slice(0, 2), { before: first, speaker: cem })?.id).toBe(ana)
  expect(chooseOnePicture(faces, { before: first, speaker: ben })?.id).toBe(ben)
})
