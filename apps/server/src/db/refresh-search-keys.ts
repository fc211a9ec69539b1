import type { SqlEntityManager } from '@mikro-orm/sql'
import { MeetingRecord } from './entities/meeting-record.ts'
import { SettingRecord } from './entities/setting-record.ts'
import { UserRecord } from './entities/user-record.ts'
import { searchKey } from './search-key.ts'

const MARK = 'search-keys'
/** To be raised when `searchKey` folds in another way. */
const VERSION = 1
const AT_ONCE = 500

/** Writes the search keys of rows from before there were any. Done once; several processes may do it at once. */
export async function refreshSearchKeys(fork: () => SqlEntityManager): Promise<void> {
  const mark = await fork().findOne(SettingRecord, { name: MARK })
  if (mark?.value === VERSION) return
  await eachPage(
    (after) => fork().find(UserRecord, { id: { $gt: after } }, { orderBy: { id: 'asc' }, limit: AT_ONCE }),
    async ({ id, name }) =>
      void (await fork().nativeUpdate(UserRecord, { id }, { nameKey: searchKey(name) })),
  )
  await eachPage(
    (after) => fork().find(MeetingRecord, { id: { $gt: after } }, { orderBy: { id: 'asc' }, limit: AT_ONCE }),
    async ({ id, title }) =>
      void (await fork().nativeUpdate(MeetingRecord, { id }, { titleKey: searchKey(title) })),
  )
  await fork().upsert(SettingRecord, { name: MARK, value: VERSION })
}

async function eachPage<Row extends { readonly id: string }>(
  read: (after: string) => Promise<Row[]>,
  write: (row: Row) => Promise<void>,
): Promise<void> {
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const rows = await read(after)
    for (const row of rows) await write(row)
    const last = rows.at(-1)
    if (!last) return
    after = last.id
  }
}
