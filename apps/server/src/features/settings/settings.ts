import { ServerSettings, type updateSettings } from '@video-meet/protocol'
import { AppError } from '../../platform/errors.ts'
import type { SettingsStore } from './settings-store.ts'

type Values = Omit<ServerSettings, 'fixed'>
type Change = ReturnType<typeof updateSettings.body.parse>

const DEFAULTS: Values = { signUp: 'open', whoMayCreate: 'anyone', retentionDays: 90, reminderMinutes: 10 }
const NAMES = ['signUp', 'whoMayCreate', 'retentionDays', 'reminderMinutes'] as const

/** Settings that the environment gives; they win over what administrators set. */
export interface FixedSettings {
  readonly signUp?: Values['signUp']
  readonly whoMayCreate?: Values['whoMayCreate']
}

/** Settings that administrators can change while the server runs. */
export class Settings implements Values {
  readonly #store: SettingsStore
  readonly #fixed: FixedSettings
  #values: Values

  private constructor(store: SettingsStore, fixed: FixedSettings, values: Values) {
    this.#store = store
    this.#fixed = fixed
    this.#values = values
  }

  /** Reads what administrators set before. */
  static async load(store: SettingsStore, fixed: FixedSettings): Promise<Settings> {
    const settings = new Settings(store, fixed, DEFAULTS)
    await settings.reload()
    return settings
  }

  get signUp(): Values['signUp'] {
    return this.#values.signUp
  }

  get whoMayCreate(): Values['whoMayCreate'] {
    return this.#values.whoMayCreate
  }

  get retentionDays(): number {
    return this.#values.retentionDays
  }

  get reminderMinutes(): number {
    return this.#values.reminderMinutes
  }

  read(): ServerSettings {
    return { ...this.#values, fixed: Object.keys(this.#fixed) as ServerSettings['fixed'] }
  }

  /** @throws {AppError} `conflict` for one that the environment sets otherwise */
  async update(change: Change): Promise<ServerSettings> {
    const given = Object.entries(change).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as const],
    )
    const fixed: Readonly<Record<string, unknown>> = { ...this.#fixed }
    const refused = given.filter(([name, value]) => name in fixed && fixed[name] !== value)
    if (refused.length > 0) {
      const names = refused.map(([name]) => name).join(' and ')
      throw new AppError('conflict', `The environment of the server sets ${names}: change it there.`)
    }
    const free = given.filter(([name]) => !(name in fixed))
    if (free.length > 0) await this.#store.set(Object.fromEntries(free))
    await this.reload()
    return this.read()
  }

  /** Another node may have changed them. */
  async reload(): Promise<void> {
    const kept = await this.#store.all()
    // Each by itself: one that this version does not understand leaves the others as they are.
    const understood = NAMES.flatMap((name) => {
      const value = ServerSettings.shape[name].safeParse(kept[name])
      return value.success ? [[name, value.data] as const] : []
    })
    this.#values = { ...DEFAULTS, ...Object.fromEntries(understood), ...this.#fixed }
  }
}
