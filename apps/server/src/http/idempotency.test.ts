import { describe, expect, it, vi } from 'vitest'
import {
  actOnce,
  type IdempotencyStore,
  type KeptAnswer,
  type RepeatableCall,
  secretCaller,
} from './idempotency.ts'

/** Answers that last as long as the test. */
function memory() {
  const kept = new Map<string, KeptAnswer>()
  const store: IdempotencyStore = {
    async claim(id, bodyHash) {
      const known = kept.get(id)
      if (known) return known
      kept.set(id, { bodyHash, answer: null })
      return 'claimed'
    },
    async keep(id, answer) {
      kept.set(id, { bodyHash: kept.get(id)?.bodyHash ?? '', answer })
    },
    async release(id) {
      kept.delete(id)
    },
  }
  return { store, kept }
}

const call = (change: Partial<RepeatableCall> = {}): RepeatableCall => ({
  caller: 'ana',
  route: 'createMeeting',
  key: 'a-key-of-ana',
  body: { title: 'Planning' },
  ...change,
})

/** An act that says how often it was done. */
function counted() {
  let times = 0
  return vi.fn<() => Promise<{ made: number }>>(async () => ({ made: (times += 1) }))
}

describe('secretCaller', () => {
  it('identifies a caller by their secret', () => {
    const [one, other] = ['a'.repeat(22), 'b'.repeat(22)]
    expect(secretCaller(one)).toBe(secretCaller(one))
    expect(secretCaller(one)).not.toBe(secretCaller(other))
  })

  it('knows nobody without a secret', () => {
    expect(secretCaller(undefined)).toBeNull()
  })

  it.each([['a'.repeat(21)], ['a'.repeat(201)], ['with spaces in between them'], [['a'.repeat(22)]]])(
    'refuses %j',
    (secret) => {
      expect(() => secretCaller(secret)).toThrow('Idempotency-Secret')
    },
  )
})

describe('actOnce', () => {
  it('acts each time for a caller who cannot prove to be the same', async () => {
    const { store, kept } = memory()
    const act = counted()
    for (const made of [1, 2]) expect(await actOnce(store, call({ caller: null }), act)).toEqual({ made })
    expect(kept.size).toBe(0)
  })

  it('acts each time for calls without a key', async () => {
    const { store, kept } = memory()
    const act = counted()
    for (const made of [1, 2]) expect(await actOnce(store, call({ key: undefined }), act)).toEqual({ made })
    expect(kept.size).toBe(0)
  })

  it('acts once for the same key, and answers as the first time', async () => {
    const { store } = memory()
    const act = counted()
    for (let n = 0; n < 3; n += 1) expect(await actOnce(store, call(), act)).toEqual({ made: 1 })
    expect(act).toHaveBeenCalledTimes(1)
  })

  it.each([
    ['another caller', { caller: 'ben' }],
    ['another route', { route: 'createTemplate' }],
    ['another key', { key: 'another-key' }],
  ])('acts again for %s', async (_, change) => {
    const { store } = memory()
    const act = counted()
    await actOnce(store, call(), act)
    expect(await actOnce(store, call(change), act)).toEqual({ made: 2 })
  })

  it('refuses a key that was used with another body', async () => {
    const { store } = memory()
    const act = counted()
    await actOnce(store, call(), act)
    for (const body of [{ title: 'Other' }, undefined])
      await expect(actOnce(store, call({ body }), act)).rejects.toMatchObject({ code: 'conflict' })
    expect(act).toHaveBeenCalledTimes(1)
  })

  it('refuses a repetition while the first call is at work', async () => {
    const { store } = memory()
    const act = counted()
    const first = Promise.withResolvers<Record<string, unknown>>()
    const acting = actOnce(store, call(), () => first.promise)
    await expect(actOnce(store, call(), act)).rejects.toMatchObject({ code: 'conflict' })
    first.resolve({ made: 0 })
    expect(await acting).toEqual({ made: 0 })
    expect(await actOnce(store, call(), act)).toEqual({ made: 0 })
    expect(act).not.toHaveBeenCalled()
  })

  it('lets a call that failed be tried again', async () => {
    const { store } = memory()
    await expect(actOnce(store, call(), () => Promise.reject(new Error('no luck')))).rejects.toThrow(
      'no luck',
    )
    expect(await actOnce(store, call(), counted())).toEqual({ made: 1 })
  })

  it('says what went wrong, even when the call cannot be released', async () => {
    const { store } = memory()
    const release = () => Promise.reject(new Error('no database'))
    const failing = actOnce({ ...store, release }, call(), () => Promise.reject(new Error('no luck')))
    await expect(failing).rejects.toThrow('no luck')
  })

  it('answers what was done, even when the answer cannot be kept', async () => {
    const { store } = memory()
    const keep = () => Promise.reject(new Error('no database'))
    expect(await actOnce({ ...store, keep }, call(), counted())).toEqual({ made: 1 })
  })

  it.each([
    ['short'],
    [''],
    ['a key with spaces'],
    ['x'.repeat(201)],
    ['schlüssel-1'],
    [['two-keys', 'at-once!']],
  ])('refuses the key %j', async (key) => {
    const act = counted()
    await expect(actOnce(memory().store, call({ key }), act)).rejects.toMatchObject({ code: 'bad_request' })
    expect(act).not.toHaveBeenCalled()
  })

  it('gives the store neither key nor body, but hashes that it has room for', async () => {
    const { store, kept } = memory()
    await actOnce(store, call({ key: 'k'.repeat(200) }), counted())
    const [[id, { bodyHash }] = ['', { bodyHash: '' }]] = kept
    expect([id, bodyHash]).toEqual([
      expect.stringMatching(/^[\w-]{43}$/),
      expect.stringMatching(/^[\w-]{43}$/),
    ])
  })
})
