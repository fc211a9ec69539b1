import type { CallSettings, CallSettingsChange, Capability, RoomRole } from '@video-meet/protocol'
import { Emitter } from '../platform/emitter.ts'
import type { RoomPolicy } from './permissions.ts'

/** What was decided about one person in this call. What is not said is as it was when they came in. */
export interface Standing {
  readonly role?: RoomRole
  readonly name?: string
  readonly grants?: Readonly<Partial<Record<Capability, boolean>>>
  /** They were removed and have not been let in again. */
  readonly removed?: true
  /** They were sent to the waiting room, where they may wait though the call is locked. */
  readonly waits?: true
}

/** What of a call outlives the process that holds it. */
export interface StoredCall {
  /** When the call began, as ISO string. */
  readonly since: string
  /** What of the settings differs from the policy of the meeting. */
  readonly settings: CallSettingsChange
  /** By key of the person. */
  readonly people: Readonly<Record<string, Standing>>
  /** A host was in it. */
  readonly hadHost?: true
}

type CallStateEvents = { changed: []; settingsChanged: [] }

/** What moderators decided in one call. */
export class CallState extends Emitter<CallStateEvents> {
  readonly since: Date
  #policy: RoomPolicy
  #changes: CallSettingsChange
  readonly #people: Map<string, Standing>
  #hadHost: boolean

  constructor(policy: RoomPolicy, stored: StoredCall | null) {
    super()
    this.#policy = policy
    this.since = stored ? new Date(stored.since) : new Date()
    this.#changes = stored?.settings ?? {}
    this.#people = new Map(Object.entries(stored?.people ?? {}))
    this.#hadHost = stored?.hadHost ?? false
  }

  /** Whether a host was in this call, be they there now or not. */
  get hadHost(): boolean {
    return this.#hadHost
  }

  hostCame(): void {
    if (this.#hadHost) return
    this.#hadHost = true
    this.emit('changed')
  }

  get settings(): CallSettings {
    const { talk, video, share, chat, waitingRoom } = this.policy
    return { locked: this.#changes.locked ?? false, talk, video, share, chat, waitingRoom }
  }

  /** The policy of the meeting with what was changed in this call. */
  get policy(): RoomPolicy {
    return { ...this.#policy, ...definedPartOf(this.#changes) }
  }

  change(change: CallSettingsChange): void {
    this.#changes = { ...this.#changes, ...change }
    this.#settingsChanged()
  }

  /** The policy of the meeting was changed: what is new in it holds from now on. */
  policyChanged(policy: RoomPolicy): void {
    const before = this.#policy
    const same = (name: string) => before[name as keyof RoomPolicy] === policy[name as keyof RoomPolicy]
    this.#changes = Object.fromEntries(
      Object.entries(this.#changes).filter(([name]) => name === 'locked' || same(name)),
    )
    this.#policy = policy
    this.#settingsChanged()
  }

  standingOf(key: string): Standing {
    return this.#people.get(key) ?? {}
  }

  /** `undefined` takes a decision back. */
  decide(key: string, decision: { readonly [K in keyof Standing]?: Standing[K] | undefined }): void {
    const standing = definedPartOf({ ...this.standingOf(key), ...decision })
    if (Object.keys(standing).length === 0) this.#people.delete(key)
    else this.#people.set(key, standing)
    this.emit('changed')
  }

  close(): void {
    this.removeListeners()
  }

  stored(): StoredCall {
    return {
      since: this.since.toISOString(),
      settings: this.#changes,
      people: Object.fromEntries(this.#people),
      ...(this.#hadHost && { hadHost: true as const }),
    }
  }

  #settingsChanged(): void {
    this.emit('settingsChanged')
    this.emit('changed')
  }
}

function definedPartOf<T extends object>(change: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const defined = Object.entries(change).filter(([, value]) => value !== undefined)
  return Object.fromEntries(defined) as { [K in keyof T]: Exclude<T[K], undefined> }
}
