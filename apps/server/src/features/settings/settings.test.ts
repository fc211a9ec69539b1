import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../db/database.ts'
import { createLogger } from '../../platform/logger.ts'
import { createSettingsStore, type SettingsStore } from './settings-store.ts'
import { Settings } from './settings.ts'

describe('settings', () => {
  let database: Database
  let store: SettingsStore
  beforeEach(async () => {
    const log = createLogger({ level: 'silent' })
    database = await openDatabase({ url: 'sqlite::memory:', dataDir: '/', log })
    await database.migrate()
    store = createSettingsStore(database)
  })
  afterEach(() => database.close())

  it('have defaults', async () => {
    expect((await Settings.load(store, {})).read()).toEqual({
      signUp: 'open',
      whoMayCreate: 'anyone',
      retentionDays: 90,
      reminderMinutes: 10,
      fixed: [],
    })
  })

  it('are what administrators made of them, at once and after a restart', async () => {
    const settings = await Settings.load(store, {})
    const updated = await settings.update({ signUp: 'closed', reminderMinutes: 0 })
    expect(updated).toMatchObject({ signUp: 'closed', whoMayCreate: 'anyone', reminderMinutes: 0 })
    expect(settings.signUp).toBe('closed')
    expect(settings.reminderMinutes).toBe(0)
    expect((await Settings.load(store, {})).read()).toEqual(updated)
  })

  it('change when another node changed them', async () => {
    const [here, there] = [await Settings.load(store, {}), await Settings.load(store, {})]
    await there.update({ whoMayCreate: 'users', retentionDays: 7 })
    expect(here.whoMayCreate).toBe('anyone')
    await here.reload()
    expect(here.whoMayCreate).toBe('users')
    expect(here.retentionDays).toBe(7)
  })

  it('of the environment win, and cannot be changed', async () => {
    await store.set({ signUp: 'open' })
    const settings = await Settings.load(store, { signUp: 'invited' })
    expect(settings.read()).toMatchObject({ signUp: 'invited', fixed: ['signUp'] })
    await expect(settings.update({ signUp: 'open', retentionDays: 3 })).rejects.toMatchObject({
      code: 'conflict',
      message: 'The environment of the server sets signUp: change it there.',
    })
    expect(settings.read()).toMatchObject({ signUp: 'invited', retentionDays: 90 })
  })

  it('of the environment may be repeated by a form that sends all of them', async () => {
    const settings = await Settings.load(store, { signUp: 'invited' })
    await settings.update({ signUp: 'invited', retentionDays: 3 })
    expect(settings.retentionDays).toBe(3)
    // The environment said it, no administrator.
    expect((await Settings.load(store, {})).signUp).toBe('open')
  })

  it('that this version does not understand leave the others alone', async () => {
    await store.set({ signUp: 'closed', retentionDays: 'for ever', reminderMinutes: 5, 'first-account': 'x' })
    expect((await Settings.load(store, {})).read()).toMatchObject({
      signUp: 'closed',
      retentionDays: 90,
      reminderMinutes: 5,
    })
  })
})
