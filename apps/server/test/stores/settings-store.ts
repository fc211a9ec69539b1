import { expect, it } from 'vitest'
import { createSettingsStore } from '../../src/features/settings/settings-store.ts'
import type { StoreSuite } from './store-suite.ts'

export const testSettingsStore: StoreSuite = ({ database }) => {
  const store = () => createSettingsStore(database())

  it('keeps words and numbers, and replaces them', async () => {
    await store().set({ signUp: 'open', retentionDays: 90 })
    await store().set({ signUp: 'closed', reminderMinutes: 0 })
    expect(await store().all()).toMatchObject({ signUp: 'closed', retentionDays: 90, reminderMinutes: 0 })
  })

  it('takes settings from several who set them at once', async () => {
    const values = Array.from({ length: 6 }, (_, index) => index)
    await Promise.all(values.map((retentionDays) => store().set({ retentionDays })))
    expect(values).toContain((await store().all())['retentionDays'])
  })

  it('takes several settings from several who name them in another order', async () => {
    const tries = Array.from({ length: 20 }, (_, n) =>
      store().set(n % 2 ? { reminderMinutes: n, signUp: 'open' } : { signUp: 'closed', reminderMinutes: n }),
    )
    await Promise.all(tries)
    const { signUp, reminderMinutes } = await store().all()
    expect(signUp).toBe(Number(reminderMinutes) % 2 ? 'open' : 'closed')
  })

  it('sets nothing when there is nothing to set', async () => {
    const before = await store().all()
    await store().set({})
    expect(await store().all()).toEqual(before)
  })
}
