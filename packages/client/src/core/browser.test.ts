import { afterEach, describe, expect, it, vi } from 'vitest'
import { openEchoRig } from '../devices/echo-rig.ts'
import { LevelMeter } from '../devices/level-meter.ts'
import { MicrophoneWatch } from '../devices/microphone-watch.ts'
import { playTestTone } from '../devices/test-tone.ts'
import { FakeTrack } from '../testing/fake-track.ts'
import { LinkLevels } from '../topology/mesh/link-levels.ts'
import { anySignal, buildAudio, createId, isLoadFailure } from './browser.ts'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe('createId', () => {
  it('makes UUIDs of version 4 on pages where crypto.randomUUID is missing', () => {
    const { crypto: real } = globalThis
    vi.stubGlobal('crypto', { getRandomValues: real.getRandomValues.bind(real) })
    const ids = Array.from({ length: 100 }, createId)
    for (const id of ids) expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/)
    expect(new Set(ids).size).toBe(100)
  })
})

describe('anySignal', () => {
  it('aborts with the reason of the first signal', () => {
    const [first, second] = [new AbortController(), new AbortController()]
    const either = anySignal([first.signal, second.signal])
    expect(either.aborted).toBe(false)
    second.abort('second')
    first.abort('first')
    expect(either.reason).toBe('second')
  })

  it('is aborted from the start when one of the signals is', () => {
    expect(anySignal([new AbortController().signal, AbortSignal.abort('before')]).reason).toBe('before')
  })
})

describe('isLoadFailure', () => {
  it.each([
    'Failed to fetch dynamically imported module: https://x.test/a.js',
    'error loading dynamically imported module: https://x.test/a.js',
    'Importing a module script failed.',
  ])('knows "%s"', (words) => {
    expect(isLoadFailure(new TypeError(words))).toBe(true)
  })

  it('takes no other error for a network problem', () => {
    expect(isLoadFailure(new TypeError('crypto.randomUUID is not a function'))).toBe(false)
    expect(isLoadFailure(new ReferenceError('AudioContext is not defined'))).toBe(false)
    expect(isLoadFailure(undefined)).toBe(false)
  })
})

const BLOCKED = {
  missing: undefined,
  'a constructor that throws': class {
    constructor() {
      throw new DOMException('blocked', 'NotSupportedError')
    }
  },
  'without its nodes': class {
    readonly closed = true
    resume = () => Promise.reject(new Error('blocked'))
    close = () => Promise.reject(new Error('blocked'))
  },
}

describe.each(Object.entries(BLOCKED))('Web Audio: %s', (_, AudioContext) => {
  const start = () => {
    vi.stubGlobal('AudioContext', AudioContext)
    return new FakeTrack('audio')
  }

  it('builds nothing', () => {
    start()
    expect(buildAudio((context) => context.createAnalyser())).toBeUndefined()
  })

  it('leaves the level of a meter unknown', () => {
    const meter = new LevelMeter(start())
    expect(meter.level.get()).toBeNull()
    meter.close()
  })

  it('gives no hints about the microphone', () => {
    vi.useFakeTimers()
    const watch = new MicrophoneWatch({ media: start(), isOff: true })
    vi.advanceTimersByTime(5000)
    expect(watch.hint.get()).toBeNull()
    watch.close()
  })

  it('leaves the own level over links unknown', async () => {
    const sender = { track: start(), getStats: async () => new Map() } as unknown as RTCRtpSender
    const levels = new LinkLevels()
    expect(await levels.ofSender(sender)).toBeNull()
    levels.close()
  })

  it('fails the echo test and releases its microphone', async () => {
    const track = start()
    await expect(openEchoRig({ track, speakerId: '', delayS: 4 })).rejects.toThrow()
    expect(track.readyState).toBe('ended')
  })
})

it('says that the browser has no Web Audio where a test needs it', async () => {
  vi.stubGlobal('AudioContext', undefined)
  const track = new FakeTrack('audio')
  await expect(openEchoRig({ track, speakerId: '', delayS: 4 })).rejects.toMatchObject({
    reason: 'no_web_audio',
  })
  await expect(playTestTone('', new AbortController().signal)).rejects.toMatchObject({
    reason: 'no_web_audio',
  })
})
