import type {
  Ban,
  BanId,
  CallSettingsChange,
  FeatureSnapshots,
  GrantableCapability,
  ModerationNote,
  ParticipantId,
  RoomRole,
  TrackSource,
} from '@video-meet/protocol'
import { Emitter } from '../core/emitter.ts'
import type { FeatureContext, OwnSources, RoomFeature } from './feature.ts'

export type ModerationEvents = {
  /** A moderator did something to this person. What had to stop has stopped. */
  noted: [note: ModerationNote]
}

/**
 * What moderators do. The server decides who may do what to whom, and says `forbidden` otherwise; what is done to
 * somebody takes effect there, whatever their client does.
 */
export class ModerationFeature implements RoomFeature<'moderation'> {
  readonly events = new Emitter<ModerationEvents>()
  readonly #request: FeatureContext['request']
  readonly #own: OwnSources
  readonly #unsubscribe: () => void
  /** What was told before anybody could listen; null as soon as somebody has asked. */
  #untold: ModerationNote[] | null = []

  constructor({ request, onNotification, own }: FeatureContext) {
    this.#request = request
    this.#own = own
    this.#unsubscribe = onNotification('moderation.noted', (note) => this.#note(note))
  }

  /** What was done to this person before they came back, as after a reload. To be asked once, together with listening. */
  takeMissed(): readonly ModerationNote[] {
    const missed = this.#untold ?? []
    this.#untold = null
    return missed
  }

  /** Mutes somebody, or stops their camera or share; `lasting` until it is granted again. */
  async stop(participantId: ParticipantId, source: TrackSource, lasting = false): Promise<void> {
    await this.#request('moderation.stop', { participantId, source, lasting })
  }

  /** @param lasting leaves the microphone to presenters from now on */
  async muteAll(lasting = false): Promise<void> {
    await this.#request('moderation.muteAll', { lasting })
  }

  /** Asks somebody to turn their microphone or camera on. Nobody can do it for them. */
  async ask(participantId: ParticipantId, device: 'microphone' | 'camera'): Promise<void> {
    await this.#request('moderation.ask', { participantId, device })
  }

  async rename(participantId: ParticipantId, name: string, reason: string): Promise<void> {
    await this.#request('moderation.rename', { participantId, name, reason })
  }

  /** Who was removed has to be let in to come back. */
  async remove(participantId: ParticipantId, reason?: string): Promise<void> {
    await this.#request('moderation.remove', { participantId, ...(reason ? { reason } : {}) })
  }

  /** @param options.network keeps everyone from their network out too */
  async ban(
    participantId: ParticipantId,
    { network, reason }: { network: boolean; reason?: string },
  ): Promise<void> {
    await this.#request('moderation.ban', { participantId, network, ...(reason ? { reason } : {}) })
  }

  async listBans(): Promise<readonly Ban[]> {
    return (await this.#request('moderation.listBans', {})).bans
  }

  async liftBan(id: BanId): Promise<void> {
    await this.#request('moderation.liftBan', { id })
  }

  async sendToWaitingRoom(participantId: ParticipantId): Promise<void> {
    await this.#request('moderation.sendToWaitingRoom', { participantId })
  }

  /** Gives a role below the own one; a host who makes somebody else the host is a moderator from then on. */
  async giveRole(participantId: ParticipantId, role: RoomRole): Promise<void> {
    await this.#request('moderation.giveRole', { participantId, role })
  }

  async grant(
    participantId: ParticipantId,
    capability: GrantableCapability,
    allowed: boolean,
  ): Promise<void> {
    await this.#request('moderation.grant', { participantId, capability, allowed })
  }

  /** Changes what this call allows; the meeting itself stays as it is. */
  async changeSettings(change: CallSettingsChange): Promise<void> {
    await this.#request('moderation.changeSettings', change)
  }

  /** Locks, mutes all, stops shares and cameras of all but presenters, closes the chat, switches the waiting room on. */
  async panic(): Promise<void> {
    await this.#request('moderation.panic', {})
  }

  /** Ends the call for everyone. */
  async end(): Promise<void> {
    await this.#request('moderation.end', {})
  }

  restore({ missed, stopped }: FeatureSnapshots['moderation']): void {
    // Whether the note about it arrived or not.
    for (const source of stopped) this.#own.stop(source)
    for (const note of missed) this.#note(note)
  }

  close(): void {
    this.#unsubscribe()
    this.events.removeAllListeners()
  }

  #note(note: ModerationNote): void {
    if (note.act === 'stopped') this.#own.stop(note.source)
    this.#untold?.push(note)
    this.events.emit('noted', note)
  }
}
