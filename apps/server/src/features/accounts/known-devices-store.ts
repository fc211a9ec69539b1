import { randomUUID } from 'node:crypto'
import { UniqueConstraintViolationException } from '@mikro-orm/core'
import type { UserId } from '@video-meet/protocol'
import type { Database } from '../../db/database.ts'
import { KnownDeviceRecord } from '../../db/entities/known-device-record.ts'

/** A browser in a network, from which somebody has signed in. */
export interface KnownDevice {
  readonly deviceHash: string
  readonly network: string
}

export interface KnownDevicesStore {
  /** The most recently used first. */
  listOf(userId: UserId): Promise<KnownDevice[]>
  /** Adds a device or renews it; of one account, only the `limit` most recently used stay. */
  remember(
    userId: UserId,
    device: KnownDevice,
    when: { readonly at: Date; readonly limit: number },
  ): Promise<void>
  removeOf(userId: UserId): Promise<void>
  removeUnusedSince(time: Date): Promise<void>
}

export function createKnownDevicesStore(database: Pick<Database, 'fork'>): KnownDevicesStore {
  return {
    async listOf(userId) {
      const records = await database
        .fork()
        .find(KnownDeviceRecord, { user: userId }, { orderBy: [{ lastUsedAt: 'desc' }, { id: 'asc' }] })
      return records.map(({ deviceHash, network }) => ({ deviceHash, network }))
    },
    async remember(userId, device, { at, limit }) {
      const em = database.fork()
      const renew = () => em.nativeUpdate(KnownDeviceRecord, { user: userId, ...device }, { lastUsedAt: at })
      if ((await renew()) > 0) return
      try {
        await em.insert(KnownDeviceRecord, {
          id: randomUUID(),
          user: userId,
          ...device,
          createdAt: at,
          lastUsedAt: at,
        })
      } catch (error) {
        // Another sign-in from the same device has added it meanwhile.
        if (!(error instanceof UniqueConstraintViolationException)) throw error
      }
      const records = await em.find(
        KnownDeviceRecord,
        { user: userId },
        { fields: ['id'], orderBy: [{ lastUsedAt: 'desc' }, { id: 'asc' }] },
      )
      const surplus = records.slice(limit).map(({ id }) => id)
      if (surplus.length > 0) await em.nativeDelete(KnownDeviceRecord, { id: { $in: surplus } })
    },
    async removeOf(userId) {
      await database.fork().nativeDelete(KnownDeviceRecord, { user: userId })
    },
    async removeUnusedSince(time) {
      await database.fork().nativeDelete(KnownDeviceRecord, { lastUsedAt: { $lt: time } })
    },
  }
}
