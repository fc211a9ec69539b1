import { ParticipantId } from '@video-meet/protocol'
import { expect, test } from 'vitest'
import { stageView, type StageViewOptions } from './stage-view.ts'

const [me, ana, ben] = ['Me', 'Ana', 'Ben'].map((name) => ({
  id: ParticipantId.parse(crypto.randomUUID()),
  name,
  isLocal: name === 'Me',
})) as [Person, Person, Person]
type Person = { id: ParticipantId; name: string; isLocal: boolean }

const view = (change: Partial<StageViewOptions>) =>
  stageView({
    own: { mode: 'grid', pinned: null },
    common: { spotlight: null, led: null },
    people: [me, ana, ben],
    speaker: null,
    ...change,
  })

test('a grid has nobody large', () => {
  expect(view({ speaker: ben.id })).toEqual({ mode: 'grid', chosen: null, speaking: null, following: null })
})

test('the speaker is large, and somebody else until anybody has spoken', () => {
  const own = { mode: 'speaker', pinned: null } as const
  expect(view({ own, speaker: ben.id }).speaking).toBe(ben.id)
  expect(view({ own }).speaking).toBe(ana.id)
  expect(view({ own, people: [me] }).speaking).toBeNull()
})

test('who was pinned stays large while they are here', () => {
  const own = { mode: 'grid', pinned: ana.id } as const
  expect(view({ own }).chosen).toBe(ana.id)
  expect(view({ own, people: [me, ben] }).chosen).toBeNull()
})

test('the spotlight comes before a pin', () => {
  const own = { mode: 'grid', pinned: ana.id } as const
  expect(view({ own, common: { spotlight: ben.id, led: null } }).chosen).toBe(ben.id)
})

test('the layout of a leader comes before the own one, except for the leader', () => {
  const own = { mode: 'grid', pinned: ana.id } as const
  const layout = { mode: 'speaker', pinned: ben.id } as const
  expect(view({ own, common: { spotlight: null, led: { by: ana.id, layout } } })).toMatchObject({
    mode: 'speaker',
    chosen: ben.id,
    following: 'Ana',
  })
  expect(view({ own, common: { spotlight: null, led: { by: me.id, layout } } })).toMatchObject({
    mode: 'grid',
    chosen: ana.id,
    following: null,
  })
})
