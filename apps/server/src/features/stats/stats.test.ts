import { beforeEach, expect, it } from 'vitest'
import { type FeatureRoom, openFeatureRoom } from '../../../test/lib/feature-room.ts'
import { createStatsReport } from '../../../test/lib/stats-report.ts'
import { createStats } from './stats.ts'

const REPORT = createStatsReport()

let room: FeatureRoom
let feature: ReturnType<ReturnType<typeof createStats>['create']>
let told: string[]

beforeEach(() => {
  room = openFeatureRoom()
  told = []
  feature = createStats({
    qualities: {
      add: ({ name, personKey }, { level }) => void told.push(`${name} ${personKey.length > 0} ${level}`),
      left: ({ participantId }) => void told.push(`left ${participantId}`),
    },
    qualityEvents: {
      add: (_, { kind }, who) => void told.push(`${kind} of ${who?.name ?? 'all'}`),
      callEnded: () => void told.push('call ended'),
    },
  }).create(room.context)
})

it('keeps whose report it is, and tells nobody', () => {
  const ana = room.enter('Ana')
  const ben = room.enter('Ben')
  expect(feature.handlers['stats.report'](ana, REPORT)).toEqual({})
  expect(told).toEqual(['Ana true good'])
  expect(room.toldTo(ben).filter(({ name }) => name.startsWith('stats'))).toEqual([])
  expect(feature.snapshot(ben)).toEqual({})
})

it('ends what it keeps of somebody when the call ends', () => {
  const ana = room.enter('Ana')
  void feature.handlers['stats.report'](ana, REPORT)
  room.enter('Ben')
  feature.close()
  expect(told).toEqual(['Ana true good', `left ${ana.id}`, 'call ended'])
})

it('keeps what happens to people and to the call', () => {
  const [ana, ben] = [room.enter('Ana'), room.enter('Ben')]
  room.happen('joined', ben)
  room.happen('topologyChanged', { epoch: 1, mode: 'sfu', reason: 'link_failed', settled: false })
  void feature.handlers['stats.report'](ana, { ...REPORT, level: 'poor', problem: 'loss' })
  room.happen('lineLost', ben)
  room.happen('lineBack', ben)
  room.happen('mediaReplaced')
  expect(told.filter((one) => one.includes(' of '))).toEqual([
    'topology of all',
    'topology of all',
    'poor of Ana',
    'away of Ben',
    'back of Ben',
    'media_replaced of all',
  ])
})
