import { randomUUID } from 'node:crypto'
import { ParticipantId } from '@video-meet/protocol'
import { beforeEach, expect, it } from 'vitest'
import { CallWatch } from './call-watch.ts'

const somebody = (name: string) => ({ id: ParticipantId.parse(randomUUID()), name })

let now: number
let told: Record<string, unknown>[]
/** Whom each was about, and when it was. */
let whose: (string | undefined)[]
let times: string[]
let watch: CallWatch<ReturnType<typeof somebody>>

beforeEach(() => {
  now = Date.UTC(2026, 6, 4, 12)
  told = []
  whose = []
  times = []
  watch = new CallWatch({
    now: () => now,
    onEvent({ at, ...event }, who) {
      told.push(event)
      whose.push(who?.name)
      times.push(at)
    },
  })
})

const GOOD = { level: 'good', problem: null, saving: false } as const
const POOR = { level: 'poor', problem: 'loss', saving: false } as const
const kinds = () => told.map(({ kind }) => kind)

it('tells how media flows when there are two, and each time that it changes', () => {
  watch.topologyIs({ mode: 'direct', reason: 'few_people' }, 1)
  watch.topologyIs({ mode: 'direct', reason: 'few_people' }, 2)
  watch.topologyIs({ mode: 'direct', reason: 'few_people' }, 2)
  watch.topologyIs({ mode: 'mesh', reason: 'few_people' }, 3)
  watch.topologyIs({ mode: 'sfu', reason: 'many_people' }, 4)
  watch.topologyIs({ mode: 'sfu', reason: 'link_failed' }, 4)
  expect(told).toEqual([
    { kind: 'topology', from: null, to: 'direct', reason: 'few_people' },
    { kind: 'topology', from: 'direct', to: 'mesh', reason: 'few_people' },
    { kind: 'topology', from: 'mesh', to: 'sfu', reason: 'many_people' },
  ])
})

it('tells that a connection became poor, and that it has been better for two reports', () => {
  const ana = somebody('Ana')
  watch.reported(ana, GOOD)
  for (const report of [POOR, { ...POOR, level: 'lost', problem: 'silence' } as const, GOOD, POOR, GOOD]) {
    watch.reported(ana, report)
    now += 10_000
  }
  expect(told).toEqual([{ kind: 'poor', name: 'Ana', problem: 'loss' }])
  watch.reported(ana, { ...GOOD, level: 'fair', problem: 'delay' })
  expect(told.slice(1)).toEqual([{ kind: 'recovered', name: 'Ana', seconds: 50 }])
  watch.reported(ana, POOR)
  expect(kinds()).toEqual(['poor', 'recovered', 'poor'])
})

it('takes a line that is lost for no poor connection', () => {
  watch.reported(somebody('Ana'), { ...GOOD, level: 'lost', problem: 'away' })
  expect(told).toEqual([])
})

it('tells whose line is lost, for how long, and who did not come back', () => {
  const [ana, ben, cleo] = [somebody('Ana'), somebody('Ben'), somebody('Cleo')]
  watch.lineLost(ana)
  watch.lineLost(ana)
  watch.lineLost(ben)
  now += 4000
  watch.lineBack(ana)
  now += 116_000
  watch.left(ben)
  // Reloads and goodbyes are no lost lines.
  watch.lineBack(cleo)
  watch.left(cleo)
  watch.left(ana)
  expect(told).toEqual([
    { kind: 'away', name: 'Ana' },
    { kind: 'away', name: 'Ben' },
    { kind: 'back', name: 'Ana', seconds: 4 },
    { kind: 'gone', name: 'Ben', seconds: 120 },
  ])
  expect(whose).toEqual(['Ana', 'Ben', 'Ana', 'Ben'])
  expect(times.slice(1, 3)).toEqual(['2026-07-04T12:00:00.000Z', '2026-07-04T12:00:04.000Z'])
})

it('tells who saves data, and for how long', () => {
  const ana = somebody('Ana')
  for (const saving of [false, true, true, false, false, true]) {
    watch.reported(ana, { ...GOOD, saving })
    now += 10_000
  }
  watch.left(ana)
  expect(told).toEqual([
    { kind: 'saving', name: 'Ana' },
    { kind: 'saving_ended', name: 'Ana', seconds: 20 },
    { kind: 'saving', name: 'Ana' },
  ])
})

it('forgets who left', () => {
  const ana = somebody('Ana')
  watch.reported(ana, POOR)
  watch.left(ana)
  watch.reported(ana, GOOD)
  watch.reported(ana, GOOD)
  expect(kinds()).toEqual(['poor'])
})

it('tells that the media server was replaced', () => {
  watch.mediaReplaced()
  expect(told).toEqual([{ kind: 'media_replaced' }])
  expect(whose).toEqual([undefined])
})
