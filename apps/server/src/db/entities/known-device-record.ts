import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { timestamp } from '../columns.ts'
import { UserRecord } from './user-record.ts'

/** Table `known_devices`: browsers, and the networks they were in, from which people have signed in. */
export const KnownDeviceRecord = defineEntity({
  name: 'KnownDeviceRecord',
  tableName: 'known_devices',
  uniques: [{ properties: ['user', 'deviceHash', 'network'] }],
  properties: {
    id: p.uuid().primary(),
    user: () => p.manyToOne(UserRecord).index().deleteRule('cascade'),
    /** SHA-256 of the device cookie, base64url. */
    deviceHash: p.string().length(64),
    /** Block of the address that the device signed in from. */
    network: p.string().length(64),
    createdAt: timestamp(),
    lastUsedAt: timestamp().index(),
  },
})
export type KnownDeviceRecord = InferEntity<typeof KnownDeviceRecord>
