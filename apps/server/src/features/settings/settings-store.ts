import type { Database } from '../../db/database.ts'
import { SettingRecord } from '../../db/entities/setting-record.ts'

export interface SettingsStore {
  all(): Promise<Readonly<Record<string, string | number>>>
  set(values: Readonly<Record<string, string | number>>): Promise<void>
}

export function createSettingsStore(database: Pick<Database, 'fork'>): SettingsStore {
  return {
    async all() {
      const records = await database.fork().find(SettingRecord, {})
      return Object.fromEntries(records.map(({ name, value }) => [name, value]))
    },
    set: (values) =>
      database.fork().transactional(async (tx) => {
        // In one order, so that two who set the same ones do not wait for each other.
        const sorted = Object.entries(values).toSorted(([one], [other]) => (one < other ? -1 : 1))
        for (const [name, value] of sorted) await tx.upsert(SettingRecord, { name, value })
      }),
  }
}
