import { defineEntity, type InferEntity, p } from '@mikro-orm/core'

/** Table `settings`: what administrators changed while the server ran. */
export const SettingRecord = defineEntity({
  name: 'SettingRecord',
  tableName: 'settings',
  properties: {
    name: p.string().length(60).primary(),
    value: p.json<string | number>(),
  },
})
export type SettingRecord = InferEntity<typeof SettingRecord>
