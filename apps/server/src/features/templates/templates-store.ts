import { DEFAULT_POLICY, MeetingPolicy, UserId } from '@video-meet/protocol'
import type { Database } from '../../db/database.ts'
import { TemplateRecord } from '../../db/entities/template-record.ts'

export interface StoredTemplate {
  readonly id: string
  /** Null when it belongs to the organisation. */
  readonly ownerId: UserId | null
  readonly name: string
  readonly description: string
  readonly durationMinutes: number
  readonly policy: MeetingPolicy
  readonly agenda: string
  readonly createdAt: Date
}

export type TemplateChange = Partial<Omit<StoredTemplate, 'id' | 'ownerId' | 'createdAt'>>

export interface TemplatesStore {
  add(template: StoredTemplate): Promise<void>
  find(id: string): Promise<StoredTemplate | null>
  /** Those of the organisation, and those of `ownerId`. */
  listFor(ownerId: UserId): Promise<StoredTemplate[]>
  countOf(ownerId: UserId | null): Promise<number>
  /** Tells whether it was (still) there. */
  change(id: string, change: TemplateChange): Promise<boolean>
  remove(id: string): Promise<void>
}

export function createTemplatesStore(database: Pick<Database, 'fork'>): TemplatesStore {
  return {
    async add({ ownerId, ...template }) {
      await database.fork().insert(TemplateRecord, { ...template, owner: ownerId })
    },
    async find(id) {
      const record = await database.fork().findOne(TemplateRecord, { id })
      return record && toTemplate(record)
    },
    async listFor(ownerId) {
      const records = await database
        .fork()
        .find(TemplateRecord, { $or: [{ owner: ownerId }, { owner: null }] })
      return records.map(toTemplate).toSorted((a, b) => a.name.localeCompare(b.name))
    },
    countOf: (ownerId) => database.fork().count(TemplateRecord, { owner: ownerId }),
    async change(id, change) {
      return (await database.fork().nativeUpdate(TemplateRecord, { id }, change as never)) === 1
    },
    async remove(id) {
      await database.fork().nativeDelete(TemplateRecord, { id })
    },
  }
}

function toTemplate(record: TemplateRecord): StoredTemplate {
  const { id, name, description, durationMinutes, agenda, createdAt } = record
  const ownerId = record.owner ? UserId.parse(record.owner.id) : null
  const policy = MeetingPolicy.parse({ ...DEFAULT_POLICY, ...record.policy })
  return { id, ownerId, name, description, durationMinutes, policy, agenda, createdAt }
}
