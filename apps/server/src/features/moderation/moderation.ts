import {
  type CallSettingsChange,
  capabilityOf,
  type ModerationNote,
  moderationContract,
  reaches,
  type RequestHandlers,
  rolesGivenBy,
  type TrackSource,
} from '@video-meet/protocol'
import { AppError } from '../../platform/errors.ts'
import { defineRoomFeature, type Member, type RoomContext } from '../../room/room-feature.ts'
import type { Bans } from './bans.ts'
import { MissedNotes } from './missed-notes.ts'
import { decideGrant, giveRole } from './rights.ts'

export interface ModerationOptions {
  readonly bans: Bans
  /** Ends the meeting for everyone, as its owner does. */
  readonly endMeeting: (room: RoomContext, by: Member) => Promise<void>
}

type Handlers = RequestHandlers<typeof moderationContract, Member>

/** The names under which acts are found in the audit log. */
const STOPPED: Readonly<Record<TrackSource, string>> = {
  microphone: 'call.muted',
  camera: 'call.camera_stopped',
  screen: 'call.share_stopped',
  'screen-audio': 'call.share_stopped',
}

/** What moderators do to people and to the call. Who may do what to whom was asked of the policy table before. */
export function createModeration(options: ModerationOptions) {
  return defineRoomFeature({
    contract: moderationContract,
    create(room) {
      const missed = new MissedNotes()
      const undo = room.on('left', ({ id }) => missed.forget(id))
      const acts = actsIn(room, missed)
      return {
        handlers: {
          ...mediaHandlers(room, acts),
          ...stayHandlers(room, acts, options),
          ...rightsHandlers(room, acts),
        },
        snapshot: ({ id, stopped }) => ({ missed: missed.take(id), stopped: [...stopped] }),
        close: undo,
      }
    },
  })
}

/** What the panic button leaves of a call. */
const SECURED: CallSettingsChange = {
  locked: true,
  talk: 'presenters',
  video: 'presenters',
  share: 'presenters',
  chat: 'nobody',
  waitingRoom: 'everyone',
}

type Acts = ReturnType<typeof actsIn>

/** Whom an act concerns, and what else is to be said of it. */
type About = { readonly subject?: Member; readonly [detail: string]: unknown }

function actsIn(room: RoomContext, missed: MissedNotes) {
  /** Tells the subject, now or when they are back. Nobody is told of what they did to themselves. */
  function note(actor: Member, subject: Member, text: ModerationNote): void {
    if (subject.id === actor.id) return
    if (subject.connection) subject.notify('moderation.noted', text)
    else missed.add(subject.id, text)
  }

  return {
    note,
    /** Changes what the call allows, and tells those of whom that stops something. */
    change: (actor: Member, change: CallSettingsChange, told: readonly TrackSource[]): void => {
      const sending = room
        .members()
        .flatMap((subject) =>
          told
            .filter((source) => subject.tracks.get(source)?.muted === false)
            .map((source) => ({ subject, source })),
        )
      room.call.change(change)
      for (const { subject, source } of sending)
        if (!subject.may(capabilityOf(source)))
          note(actor, subject, { act: 'stopped', by: actor.name, source, lasting: true })
    },
    record: (action: string, actor: Member, { subject, ...details }: About = {}): void => {
      const about = subject && { id: subject.id, name: subject.name }
      room.record({
        action,
        actor,
        ...(about && { subject: about }),
        ...(Object.keys(details).length > 0 && { details }),
      })
    },
  }
}

/**
 * Mute, stop, ask: nobody can be switched on by others. What was decided is on record and told before the media stops,
 * which can fail for one person, and takes as long as the media server does.
 */
function mediaHandlers(room: RoomContext, { note, change, record }: Acts) {
  async function stop(
    actor: Member,
    subject: Member,
    { source, lasting }: { readonly source: TrackSource; readonly lasting: boolean },
  ): Promise<void> {
    if (lasting) decideGrant(room.call, subject, { capability: capabilityOf(source), allowed: false })
    const stopped = room.stop(subject.id, source)
    note(actor, subject, { act: 'stopped', by: actor.name, source, lasting })
    await stopped
  }

  const whoMaySpeak = () => new Set(room.members().filter((member) => member.may('microphone')))

  /** @param before who could speak before: to the others it is nothing new that they may not */
  async function muteAll(actor: Member, before: ReadonlySet<Member>): Promise<void> {
    const others = room
      .members()
      .filter(({ id, role }) => id !== actor.id && reaches(actor.role, role, 'equal'))
    const mute = async (subject: Member) => {
      const lasting = before.has(subject) && !subject.may('microphone')
      const wasMuted = subject.tracks.get('microphone')?.muted ?? true
      const stopped = room.stop(subject.id, 'microphone')
      if (lasting || !wasMuted)
        note(actor, subject, { act: 'stopped', by: actor.name, source: 'microphone', lasting })
      await stopped
    }
    await Promise.all(others.map(mute))
  }

  return {
    'moderation.stop': async (actor, { participantId, source, lasting }) => {
      const subject = room.member(participantId)
      if (lasting && !reaches(actor.role, subject.role, 'lower'))
        throw new AppError('forbidden', `You cannot keep ${subject.name} from starting again.`)
      record(STOPPED[source], actor, { subject, lasting })
      await stop(actor, subject, { source, lasting })
      return {}
    },
    'moderation.muteAll': async (actor, { lasting }) => {
      const before = whoMaySpeak()
      if (lasting) {
        actor.assertMay('settings')
        room.call.change({ talk: 'presenters' })
      }
      record('call.muted_all', actor, { lasting })
      await muteAll(actor, before)
      return {}
    },
    'moderation.ask': (actor, { participantId, device }) => {
      const subject = room.member(participantId)
      if (!subject.may(device))
        throw new AppError('conflict', `${subject.name} may not do that at the moment.`)
      note(actor, subject, { act: 'asked', by: actor.name, device })
      record('call.asked_to_unmute', actor, { subject, device })
      return {}
    },
    'moderation.panic': async (actor) => {
      const before = whoMaySpeak()
      const shares = room
        .members()
        .filter(({ tracks, role }) => tracks.has('screen') && reaches(actor.role, role, 'equal'))
      // Whoever came to disturb must not simply start again.
      change(actor, SECURED, ['camera'])
      record('call.secured', actor)
      await Promise.all([
        muteAll(actor, before),
        ...shares.map((subject) => stop(actor, subject, { source: 'screen', lasting: false })),
      ])
      return {}
    },
  } satisfies Partial<Handlers>
}

/** Who is in the call, and under which name. */
function stayHandlers(room: RoomContext, { note, record }: Acts, { bans, endMeeting }: ModerationOptions) {
  return {
    'moderation.rename': (actor, { participantId, name, reason }) => {
      const subject = room.member(participantId)
      const before = subject.name
      record('call.renamed', actor, { subject, name, reason })
      room.call.decide(subject.person.key, { name })
      if (name !== before) note(actor, subject, { act: 'renamed', by: actor.name, name, reason })
      return {}
    },
    'moderation.remove': (actor, { participantId, reason }) => {
      const subject = room.member(participantId)
      room.call.decide(subject.person.key, { removed: true })
      leave(room, subject, {
        reason: 'removed',
        by: actor.name,
        ...(reason !== undefined && { note: reason }),
      })
      record('call.removed', actor, { subject, reason })
      return {}
    },
    'moderation.ban': async (actor, { participantId, network, reason }) => {
      const subject = room.member(participantId)
      // Kept before they are told: whoever comes back at once is known already.
      await bans.add({ meetingId: room.meeting.id, subject, network, by: actor.name })
      const how = { reason: 'banned' as const, by: actor.name, ...(reason !== undefined && { note: reason }) }
      leave(room, subject, how)
      record('call.banned', actor, { subject, network, reason })
      return {}
    },
    'moderation.listBans': async () => ({ bans: await bans.list(room.meeting.id) }),
    'moderation.liftBan': async (actor, { id }) => {
      const lifted = await bans.lift(room.meeting.id, id)
      if (lifted)
        room.record({ action: 'call.ban_lifted', actor, subject: { id: lifted.id, name: lifted.name } })
      return {}
    },
    'moderation.sendToWaitingRoom': (actor, { participantId }) => {
      const subject = room.member(participantId)
      room.call.decide(subject.person.key, { removed: true, waits: true })
      leave(room, subject, { reason: 'waiting_room', by: actor.name })
      record('call.sent_to_waiting_room', actor, { subject })
      return {}
    },
    'moderation.end': async (actor) => {
      await endMeeting(room, actor)
      record('call.ended', actor)
      return {}
    },
  } satisfies Partial<Handlers>
}

function leave(room: RoomContext, subject: Member, how: Parameters<RoomContext['dismiss']>[1]): void {
  // All seats of the person: they may be here twice.
  for (const { id, person } of room.members()) if (person.key === subject.person.key) room.dismiss(id, how)
}

/** Roles, capabilities and the settings of the call. */
function rightsHandlers(room: RoomContext, { note, change: changeSettings, record }: Acts) {
  return {
    'moderation.giveRole': (actor, { participantId, role }) => {
      const subject = room.member(participantId)
      if (!rolesGivenBy(actor.role).includes(role))
        throw new AppError('forbidden', `You cannot make anybody ${role}: you may give roles below your own.`)
      // The host who comes back could not undo it.
      if (role === 'host' && actor.ownRole !== 'host')
        throw new AppError(
          'forbidden',
          'You act as host while the host is away: who is the host is up to them.',
        )
      giveRole(room.call, { actor, subject, role })
      note(actor, subject, { act: 'roleGiven', by: actor.name, role })
      record('call.role_given', actor, { subject, role })
      return {}
    },
    'moderation.grant': (actor, { participantId, capability, allowed }) => {
      const subject = room.member(participantId)
      // Nobody gives, or takes, what they do not have.
      actor.assertMay(capability)
      decideGrant(room.call, subject, { capability, allowed })
      if (subject.may(capability) !== allowed) {
        // Not kept for later either, when they may be something else.
        decideGrant(room.call, subject, { capability, allowed: !allowed })
        throw new AppError('conflict', `${subject.name} is an observer: give them another role first.`)
      }
      note(actor, subject, { act: allowed ? 'granted' : 'withdrawn', by: actor.name, capability })
      record(allowed ? 'call.granted' : 'call.withdrawn', actor, { subject, capability })
      return {}
    },
    'moderation.changeSettings': (actor, change: CallSettingsChange) => {
      changeSettings(actor, change, ['microphone', 'camera', 'screen'])
      record('call.settings_changed', actor, { ...change })
      return {}
    },
  } satisfies Partial<Handlers>
}
