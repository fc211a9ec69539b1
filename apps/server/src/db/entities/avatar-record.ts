import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { UserRecord } from './user-record.ts'

/** Table `avatars`: pictures of users, apart from them so that nobody reads one by accident. */
export const AvatarRecord = defineEntity({
  name: 'AvatarRecord',
  tableName: 'avatars',
  properties: {
    user: () => p.oneToOne(UserRecord).primary().owner().deleteRule('cascade'),
    image: p.blob(),
  },
})
export type AvatarRecord = InferEntity<typeof AvatarRecord>
