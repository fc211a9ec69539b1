import { beforeEach, describe, expect, it } from 'vitest'
import { type Heard, MicrophoneJudge } from './microphone-hints.ts'

const SPEECH: Heard = { muted: true, decibels: -25, digitalSilence: false }
const QUIET: Heard = { muted: true, decibels: -60, digitalSilence: false }
const NOTHING: Heard = { muted: false, decibels: -Infinity, digitalSilence: true }

let judge: MicrophoneJudge

beforeEach(() => {
  judge = new MicrophoneJudge()
})

/** What is said after `seconds` of the same. */
function after(seconds: number, heard: Heard) {
  let said = null
  for (let tenth = 0; tenth < seconds * 10; tenth++) said = judge.judge(heard)
  return said
}

describe('somebody who is muted', () => {
  it('is told when they talk, not when something bangs', () => {
    expect(after(0.3, SPEECH)).toBeNull()
    expect(after(2, QUIET)).toBeNull()
    expect(after(1, SPEECH)).toBe('talking-while-muted')
  })

  it('is told until some seconds after the last word, and not again for a while', () => {
    after(1, SPEECH)
    expect(after(3, QUIET)).toBe('talking-while-muted')
    expect(after(3, QUIET)).toBeNull()
    expect(after(5, SPEECH)).toBeNull()
    after(15, QUIET)
    expect(after(1, SPEECH)).toBe('talking-while-muted')
  })

  it('is told no more at the moment of unmuting', () => {
    after(1, SPEECH)
    expect(judge.judge({ ...SPEECH, muted: false })).toBeNull()
  })

  it('is not told of silence, which muting is', () => {
    expect(after(20, { ...NOTHING, muted: true })).toBeNull()
  })
})

describe('a microphone that is open', () => {
  it('is told to be silent when it gives nothing at all for six seconds, until it gives something', () => {
    expect(after(5.9, NOTHING)).toBeNull()
    expect(after(0.2, NOTHING)).toBe('silent')
    expect(judge.judge({ ...NOTHING, digitalSilence: false, decibels: -80 })).toBeNull()
  })

  it('may be as quiet as it likes', () => {
    expect(after(60, { ...QUIET, muted: false })).toBeNull()
  })
})

it('a hint that was read is not repeated for a while', () => {
  after(1, SPEECH)
  judge.dismiss()
  expect(after(2, SPEECH)).toBeNull()
  after(7, NOTHING)
  judge.dismiss()
  expect(after(10, NOTHING)).toBeNull()
  expect(after(20, NOTHING)).toBe('silent')
})
