import { randomUUID } from 'node:crypto'
import { type Ban, type BanId, BanId as BanIdShape, type MeetingId } from '@video-meet/protocol'
import type { Member } from '../../room/room-feature.ts'
import type { BansStore } from './bans-store.ts'

export interface NewBan {
  readonly meetingId: MeetingId
  readonly subject: Pick<Member, 'name' | 'person' | 'address'>
  /** Whether everyone from their network is kept out with them. */
  readonly network: boolean
  readonly by: string
}

/** Who may not come into a meeting any more. */
export interface Bans {
  add(ban: NewBan): Promise<void>
  list(meetingId: MeetingId): Promise<Ban[]>
  /** @returns what was lifted; null when there is no such ban */
  lift(meetingId: MeetingId, id: BanId): Promise<Ban | null>
  keepsOut(meetingId: MeetingId, who: { readonly key: string; readonly address: string }): Promise<boolean>
}

export function createBans(store: BansStore): Bans {
  return {
    async add({ meetingId, subject, network, by }) {
      await store.add({
        id: BanIdShape.parse(randomUUID()),
        meetingId,
        personKey: subject.person.key,
        address: network ? subject.address : null,
        name: subject.name,
        by,
        at: new Date(),
      })
    },
    async list(meetingId) {
      return (await store.list(meetingId)).map(toBan)
    },
    async lift(meetingId, id) {
      const ban = (await store.list(meetingId)).find((one) => one.id === id)
      if (!ban) return null
      await store.remove(meetingId, id)
      return toBan(ban)
    },
    keepsOut: (meetingId, who) => store.holds(meetingId, who),
  }
}

function toBan({
  id,
  name,
  personKey,
  address,
  by,
  at,
}: Awaited<ReturnType<BansStore['list']>>[number]): Ban {
  return {
    id,
    name,
    hasAccount: personKey.startsWith('user:'),
    network: address !== null,
    by,
    at: at.toISOString(),
  }
}
