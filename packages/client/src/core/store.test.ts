import { describe, expect, it, vi } from 'vitest'
import { Store, patchStore } from './store.ts'

describe('Store', () => {
  it('tells subscribers after the value has changed', () => {
    const store = new Store(1)
    const seen: number[] = []
    store.subscribe(() => seen.push(store.get()))
    store.set(2)
    expect(seen).toEqual([2])
  })

  it('tells nobody when the value is the same, or after unsubscribing', () => {
    const store = new Store(Number.NaN)
    const listener = vi.fn<() => void>()
    const unsubscribe = store.subscribe(listener)
    store.set(Number.NaN)
    unsubscribe()
    store.set(1)
    expect(listener).not.toHaveBeenCalled()
  })

  it('can be read and subscribed to through functions taken off it', () => {
    const { get, subscribe } = new Store('value')
    expect(get()).toBe('value')
    expect(() => subscribe(() => {})()).not.toThrow()
  })
})

describe('patchStore', () => {
  it('keeps the object when nothing in it changes', () => {
    const store = new Store({ a: 1, b: 2 })
    const before = store.get()
    patchStore(store, { a: 1 })
    expect(store.get()).toBe(before)
  })

  it('replaces the object when something does', () => {
    const store = new Store({ a: 1, b: 2 })
    patchStore(store, { b: 3 })
    expect(store.get()).toEqual({ a: 1, b: 3 })
  })
})
