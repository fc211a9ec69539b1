import { afterEach, expect, it, vi } from 'vitest'
import { PreparedSession, type SessionParts } from './room-session.ts'
import { FakeServer } from './testing/fake-server.ts'
import { FakeEngine } from './testing/fake-topology.ts'

let session: PreparedSession | undefined
afterEach(() => session?.close())

function prepare(parts: Pick<SessionParts, 'loadEngine' | 'loadAhead'>): PreparedSession {
  const { channel, lobby } = new FakeServer()
  session = new PreparedSession({ channel, createLobbyChannel: () => lobby, logSink: () => {}, ...parts })
  return session
}

it('loads ahead what comes next, when what is needed first is there', async () => {
  const engine = Promise.withResolvers<FakeEngine>()
  const loadAhead = vi.fn<() => Promise<void>>(() => Promise.resolve())
  prepare({ loadEngine: () => engine.promise, loadAhead })
  await Promise.resolve()
  expect(loadAhead).not.toHaveBeenCalled()
  engine.resolve(new FakeEngine())
  await vi.waitFor(() => expect(loadAhead).toHaveBeenCalledOnce())
})

it('joins all the same when that fails', async () => {
  const engine = new FakeEngine()
  const loadAhead = vi.fn<() => Promise<void>>(() => Promise.reject(new Error('offline')))
  const prepared = prepare({ loadEngine: () => Promise.resolve(engine), loadAhead })
  await vi.waitFor(() => expect(loadAhead).toHaveBeenCalledOnce())
  expect(await prepared.engine()).toBe(engine)
})

it('loads nothing ahead for a session that was closed meanwhile', async () => {
  const engine = Promise.withResolvers<FakeEngine>()
  const loadAhead = vi.fn<() => Promise<void>>(() => Promise.resolve())
  const prepared = prepare({ loadEngine: () => engine.promise, loadAhead })
  prepared.close()
  engine.resolve(new FakeEngine())
  await prepared.engine()
  await Promise.resolve()
  expect(loadAhead).not.toHaveBeenCalled()
})
