import { describe, expect, it } from 'vitest'
import type { LineSample } from './line-sample.ts'
import {
  begin,
  decide,
  decline,
  NOT_SAVING,
  SAVER_LIMITS,
  type SaverDecision,
  type SaverState,
} from './saver-policy.ts'

const GOOD: Omit<LineSample, 'at'> = {
  isConnected: true,
  hasPictures: true,
  lossShare: 0,
  rttMs: 40,
  sendableBps: null,
  receivableBps: null,
}
const LOSSY = { ...GOOD, lossShare: 0.15 }
const FAIR = { ...GOOD, lossShare: 0.05 }
const AWAY = { ...GOOD, isConnected: false }

/** A line that is sampled every other second. */
class Line {
  state: SaverState
  now = 0
  readonly decisions: (readonly [at: number, decision: SaverDecision])[] = []

  constructor(state: SaverState = NOT_SAVING) {
    this.state = state
  }

  /** So it is for some seconds. */
  is(sample: Omit<LineSample, 'at'>, seconds: number): this {
    for (let passed = 0; passed < seconds; passed += 2) {
      this.now += 2000
      const { state, decision } = decide(this.state, { ...sample, at: this.now })
      this.state = state
      if (decision) this.decisions.push([this.now / 1000, decision])
    }
    return this
  }

  begin(): this {
    this.state = begin(this.state, this.now)
    return this
  }

  decline(): this {
    this.state = decline(this.state, this.now)
    return this
  }

  get names(): SaverDecision[] {
    return this.decisions.map(([, decision]) => decision)
  }
}

describe('saving is proposed', () => {
  it.each<[string, Partial<LineSample>]>([
    ['a tenth is lost', { lossShare: 0.1 }],
    ['what is sent takes 800 ms there and back', { rttMs: 800 }],
    ['a picture that is sent has to share less than 200 kbit/s', { sendableBps: 199_999 }],
    ['pictures stand still, and less than 200 kbit/s come in', { receivableBps: 199_999 }],
  ])('when for ten seconds %s', (_, what) => {
    const line = new Line().is(GOOD, 10).is({ ...GOOD, ...what }, 8)
    expect(line.names).toEqual([])
    expect(line.is({ ...GOOD, ...what }, 2).names).toEqual(['propose'])
  })

  it.each<[string, Partial<LineSample>]>([
    ['less is lost', { lossShare: 0.09 }],
    ['it takes less long', { rttMs: 799 }],
    ['there is room for more', { sendableBps: 200_000, receivableBps: 200_000 }],
    ['there are no pictures', { lossShare: 0.5, rttMs: 2000, hasPictures: false }],
    ['nothing is known', { lossShare: null, rttMs: null }],
  ])('not while %s', (_, what) => {
    expect(new Line().is({ ...GOOD, ...what }, 120).names).toEqual([])
  })

  it('when it is bad for half of the time, but not for single spikes', () => {
    const half = new Line().is(GOOD, 20)
    for (let turn = 0; turn < 5; turn += 1) half.is(LOSSY, 2).is(GOOD, 2)
    expect(half.names).toEqual(['propose'])
    const spikes = new Line().is(GOOD, 20)
    for (let turn = 0; turn < 20; turn += 1) spikes.is(LOSSY, 4).is(GOOD, 6)
    expect(spikes.names).toEqual([])
  })

  it('not while the line to the server is lost, and on one that loses it again and again', () => {
    const line = new Line().is(GOOD, 2).is({ ...LOSSY, ...AWAY }, 60)
    for (let turn = 0; turn < 4; turn += 1) line.is(LOSSY, 2).is(AWAY, 2)
    expect(line.names).toEqual([])
    expect(line.is(LOSSY, 2).names).toEqual(['propose'])
  })

  it('not on a line that has just become good, as in another network', () => {
    const line = new Line().is(GOOD, 2).is(LOSSY, 8).is(AWAY, 2).is(GOOD, 4).is(LOSSY, 2)
    expect(line.names).toEqual(['propose'])
    const other = new Line().is(GOOD, 2).is(LOSSY, 8).is(AWAY, 2).is(GOOD, 60)
    expect(other.names).toEqual([])
  })

  it('once, and not again within five minutes after it was declined', () => {
    const line = new Line().is(GOOD, 2).is(LOSSY, 60)
    expect(line.names).toEqual(['propose'])
    line.decline().is(LOSSY, 298)
    expect(line.names).toEqual(['propose'])
    expect(line.is(LOSSY, 4).names).toEqual(['propose', 'propose'])
  })

  it('no longer when it has been good for half a minute meanwhile', () => {
    const line = new Line().is(GOOD, 2).is(LOSSY, 10).is(GOOD, 28)
    expect(line.names).toEqual(['propose'])
    expect(line.is(GOOD, 2).names).toEqual(['propose', 'withdraw'])
  })

  it('by a browser that was busy: a sample that comes late speaks for five seconds at most', () => {
    let state: SaverState = { ...NOT_SAVING, lastAt: 0 }
    const decisions = [60_000, 65_000].map((at) => {
      const next = decide(state, { ...LOSSY, at })
      state = next.state
      return next.decision
    })
    expect(decisions).toEqual([null, 'propose'])
  })
})

describe('saving is undone', () => {
  it('when it was good for half a minute after it was bad', () => {
    const line = new Line().is(LOSSY, 2).begin().is(GOOD, 20).is(LOSSY, 2).is(GOOD, 28)
    expect(line.names).toEqual([])
    expect(line.is(GOOD, 2).names).toEqual(['undo'])
  })

  it('a little later when it was not quite good once in a while, and not at all when that is often', () => {
    const line = new Line().begin().is(GOOD, 20).is(FAIR, 2).is(GOOD, 16)
    expect(line.names).toEqual([])
    expect(line.is(GOOD, 2).names).toEqual(['undo'])
    const often = new Line().begin()
    for (let turn = 0; turn < 60; turn += 1) often.is(GOOD, 4).is(FAIR, 2)
    expect(often.names).toEqual([])
  })

  it('neither while nothing is known nor for the time in which the line to the server was lost', () => {
    const line = new Line().begin().is({ ...GOOD, lossShare: null, rttMs: null }, 120)
    expect(line.is(GOOD, 20).is(AWAY, 30).is(GOOD, 28).names).toEqual([])
    expect(line.is(GOOD, 2).names).toEqual(['undo'])
  })

  it('however little goes, as that is what saving does; the trial shows whether there is room for more', () => {
    const narrow = { ...GOOD, sendableBps: 120_000, receivableBps: 90_000 }
    const line = new Line().is(GOOD, 2).begin().is(narrow, 30)
    expect(line.names).toEqual(['undo'])
    expect(line.is(narrow, 6).names).toEqual(['undo', 'resume'])
  })

  it('for good when the line carries what comes back', () => {
    const line = new Line().is(GOOD, 2).begin().is(GOOD, 30).is(GOOD, 18)
    expect(line.state.phase).toBe('trial')
    expect(line.is(GOOD, 2).state.phase).toBe('off')
    expect(line.names).toEqual(['undo'])
  })

  it('as a trial that ends after six bad seconds, and then after twice the time, and twice that', () => {
    const line = new Line().is(GOOD, 2).begin()
    for (let turn = 0; turn < 3; turn += 1) line.is(GOOD, 30 * 2 ** turn).is(LOSSY, 6)
    expect(line.decisions).toEqual([
      [32, 'undo'],
      [38, 'resume'],
      [98, 'undo'],
      [104, 'resume'],
      [224, 'undo'],
      [230, 'resume'],
    ])
  })

  it('after no more than eight minutes', () => {
    const line = new Line().is(GOOD, 2).begin()
    for (let turn = 0; turn < 6; turn += 1) line.is(GOOD, line.state.goodMs / 1000).is(LOSSY, 6)
    expect(line.state.goodMs).toBe(SAVER_LIMITS.mostGoodMs)
  })

  it('after twice the time when it is proposed again soon, and after the first time when that was long ago', () => {
    const line = new Line().is(GOOD, 2).begin().is(GOOD, 50).is(LOSSY, 10)
    expect(line.names).toEqual(['undo', 'propose'])
    line.begin()
    expect(line.state.goodMs).toBe(60_000)
    line.is(GOOD, 300).is(LOSSY, 10).begin()
    expect(line.state.goodMs).toBe(30_000)
  })

  it('not by itself when the person ended it', () => {
    const line = new Line().is(GOOD, 2).begin().is(LOSSY, 10).decline().is(GOOD, 120)
    expect([line.names, line.state.phase]).toEqual([[], 'off'])
  })
})
