import { vi } from 'vitest'
import type { Database } from '../../src/db/database.ts'
import type { DialectName } from '../../src/db/dialects/dialect.ts'

/** The SQL that `work` sends. */
export async function sqlOf(database: Database, work: () => Promise<unknown>): Promise<string[]> {
  const connection = database.fork().getConnection()
  const execute = vi.spyOn(connection, 'execute')
  try {
    await work()
    return execute.mock.calls.map(([query, params]) => {
      const { sql, params: values } =
        typeof query === 'string'
          ? { sql: query, params: Array.isArray(params) ? params : [] }
          : 'toRaw' in query
            ? query.toRaw()
            : query
      return connection.getPlatform().formatQuery(sql, values)
    })
  } finally {
    execute.mockRestore()
  }
}

/** What the planner would do, a line per step; empty when it would read no table at all. */
const PLANS: Record<DialectName, (database: Database, sql: string) => Promise<string[]>> = {
  sqlite: async (database, sql) => {
    const steps = await database.fork().execute<{ detail: string }[]>(`explain query plan ${sql}`)
    return steps.map(({ detail }) => detail)
  },
  postgresql: (database, sql) =>
    database.fork().transactional(async (tx) => {
      // Small tables are read whole even if there is an index.
      await tx.execute('set local enable_seqscan = off')
      const lines = await tx.execute<{ 'QUERY PLAN': string }[]>(`explain ${sql}`)
      return lines.map((line) => line['QUERY PLAN'])
    }),
  mysql: async (database, sql) => {
    const steps = await database
      .fork()
      .execute<{ table: string | null; possible_keys: string | null; Extra: string }[]>(`explain ${sql}`)
    return steps.map(({ table, possible_keys, Extra }) => {
      if (table === null) return Extra
      return possible_keys === null ? `SCAN ${table}` : `${table} by ${possible_keys}`
    })
  },
}

/** Fails when `sql` would read a whole table. */
export async function expectIndexed(database: Database, dialect: DialectName, sql: string): Promise<void> {
  const plan = await PLANS[dialect](database, sql)
  if (plan.length === 0 || plan.some((step) => /\bSCAN\b|Seq Scan/.test(step)))
    throw new Error(`No index serves ${sql}\n${plan.join('\n')}`)
}
