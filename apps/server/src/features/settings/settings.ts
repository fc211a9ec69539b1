import { type ServerSettings, updateSettings } from '@video-meet/protocol'
import { AppError } from '../../platform/errors.ts'
import type { SettingsStore } from './settings-store.ts'

type Values = Omit<ServerSettings, 'fixed'>
type Change = ReturnType<typeof updateSettings.body.parse>

const DEFAULTS: Values = { signUp: 'open', whoMayCreate: 'anyone', retentionDays: 90, reminderMinutes: 10 }

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

  /** @throws {AppError} `conflict` for one that the environment sets */
  async update(change: Change): Promise<ServerSettings> {
    const given = Object.entries(change).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as const],
    )
    const fixed = given.map(([name]) => name).filter((name) => name in this.#fixed)
    if (fixed.length > 0)
      throw new AppError(
        'conflict',
        `The environment of the server sets ${fixed.join(' and ')}: change it there.`,
      )
    await this.#store.set(Object.fromEntries(given))
    await this.reload()
    return this.read()
  }

  /** Another node may have changed them. */
  async reload(): Promise<void> {
    const kept = Object.entries(await this.#store.all()).filter(([name]) => name in DEFAULTS)
    const { data = {} } = updateSettings.body.safeParse(Object.fromEntries(kept))
    this.#values = { ...DEFAULTS, ...withoutUndefined(data), ...this.#fixed }
  }
}

function withoutUndefined(values: object): Partial<Values> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}
