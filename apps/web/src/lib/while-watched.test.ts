import { Store } from '@video-meet/client'
import { expect, test } from 'vitest'
import { whileWatched } from './while-watched.ts'

function setUp() {
  const opened: { level: Store<number>; closed: boolean; close: () => void }[] = []
  const store = whileWatched({
    initial: 0,
    storeOf: (meter: (typeof opened)[number]) => meter.level,
    open: () => {
      const meter = {
        level: new Store(1),
        closed: false,
        close() {
          meter.closed = true
        },
      }
      opened.push(meter)
      return meter
    },
  })
  return { store, opened }
}

test('opens with the first watcher and closes with the last', () => {
  const { store, opened } = setUp()
  expect(store.get()).toBe(0)
  expect(opened).toHaveLength(0)
  const stopFirst = store.subscribe(() => undefined)
  const stopSecond = store.subscribe(() => undefined)
  expect(opened).toHaveLength(1)
  expect(store.get()).toBe(1)
  stopFirst()
  expect(opened[0]?.closed).toBe(false)
  stopSecond()
  expect(opened[0]?.closed).toBe(true)
})

test('tells watchers of changes and opens anew for the next one', () => {
  const { store, opened } = setUp()
  let told = 0
  const stop = store.subscribe(() => (told += 1))
  opened[0]?.level.set(5)
  expect(told).toBe(1)
  expect(store.get()).toBe(5)
  stop()
  store.subscribe(() => undefined)
  expect(opened).toHaveLength(2)
})
