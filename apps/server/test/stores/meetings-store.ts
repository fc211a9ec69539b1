import { randomUUID } from 'node:crypto'
import {
  DEFAULT_POLICY,
  formatMeetingCode,
  MEETING_CODE_ALPHABET,
  MeetingId,
  UserId,
} from '@video-meet/protocol'
import { expect, it } from 'vitest'
import { createUsersStore } from '../../src/features/accounts/users-store.ts'
import type { MeetingOwner, StoredMeeting } from '../../src/features/meetings/meeting.ts'
import { createMeetingsStore } from '../../src/features/meetings/meetings-store.ts'
import { expectIndexed, sqlOf } from '../lib/query-plan.ts'
import type { StoreSuite } from './store-suite.ts'

const letter = () => MEETING_CODE_ALPHABET[Math.floor(Math.random() * MEETING_CODE_ALPHABET.length)]
const AT = new Date('2026-07-04T23:59:59.089Z')
const PLACE = { past: false, at: AT }

const newMeeting = (patch: Partial<StoredMeeting> = {}): StoredMeeting => ({
  id: MeetingId.parse(randomUUID()),
  code: formatMeetingCode(Array.from({ length: 14 }, letter).join('')),
  title: 'Añejo 🎉 "quoted" \\ and \'quoted\' 100%',
  createdAt: AT,
  owner: null,
  description: 'One\nTwo',
  agenda: '',
  schedule: { startsAt: AT.toISOString(), durationMinutes: 30, timeZone: 'UTC', recurrence: 'FREQ=DAILY' },
  policy: { ...DEFAULT_POLICY, maxMinutes: 60 },
  passwordHash: null,
  state: 'open',
  startedAt: null,
  endedAt: null,
  nextStartsAt: AT,
  dueAt: AT,
  remindAt: null,
  updatedAt: AT,
  version: 1,
  sequence: 0,
  ...patch,
})

export const testMeetingsStore: StoreSuite = ({ dialect, database }) => {
  const store = () => createMeetingsStore(database())

  async function newOwner(): Promise<MeetingOwner> {
    const id = UserId.parse(randomUUID())
    const owner = { id, name: 'Ana', email: `${id}@example.org` }
    await createUsersStore(database()).add({
      ...owner,
      emailVerifiedAt: AT,
      passwordHash: null,
      language: 'en',
      timeZone: 'UTC',
      role: 'user',
      state: 'active',
      avatarVersion: null,
      createdAt: AT,
      lastSeenAt: null,
    })
    return owner
  }

  it('keeps what it was given, to the letter and the millisecond', async () => {
    const meeting = newMeeting({ owner: await newOwner() })
    expect(await store().add(meeting, PLACE)).toBe(true)
    expect(await store().findById(meeting.id)).toEqual(meeting)
    expect(await store().findByCode(meeting.code)).toEqual(meeting)
  })

  it('knows no meeting that was not added', async () => {
    const meeting = newMeeting()
    expect(await store().findById(meeting.id)).toBeUndefined()
    expect(await store().findByCode(meeting.code)).toBeUndefined()
  })

  it('gives a code to one of those who want it at once', async () => {
    const { code } = newMeeting()
    const adding = Array.from({ length: 8 }, () => store().add(newMeeting({ code }), PLACE))
    expect((await Promise.all(adding)).filter(Boolean)).toHaveLength(1)
  })

  it('lets one of those change a meeting who saw the same version', async () => {
    const meeting = newMeeting()
    await store().add(meeting, PLACE)
    const changing = Array.from({ length: 8 }, (_, n) =>
      store().change(meeting.id, 1, { title: `Title ${n}` }),
    )
    expect((await Promise.all(changing)).filter(Boolean)).toHaveLength(1)
    expect(await store().findById(meeting.id)).toMatchObject({ version: 2 })
  })

  it('moves a meeting in the lists of all its people, and takes it out when it goes', async () => {
    const owner = await newOwner()
    const meeting = newMeeting({ owner })
    await store().add(meeting, PLACE)
    const list = (past: boolean) =>
      store().list({ userId: owner.id, past, search: undefined, after: null, limit: 10 })
    expect(await list(false)).toEqual([{ meeting, at: AT, relation: 'owner', answer: null }])
    await store().settle(meeting.id, { state: 'ended', past: true, at: AT })
    expect(await list(false)).toEqual([])
    expect(await list(true)).toMatchObject([{ meeting: { id: meeting.id, state: 'ended', version: 1 } }])
    await store().remove(meeting.id)
    expect(await list(true)).toEqual([])
  })

  it('searches titles by what is meant, and takes no character for a wildcard', async () => {
    const owner = await newOwner()
    const [plan, percent] = [newMeeting({ owner, title: 'Überblick' }), newMeeting({ owner, title: '100 %' })]
    for (const meeting of [plan, percent]) await store().add(meeting, PLACE)
    const search = async (words: string) => {
      const found = await store().list({
        userId: owner.id,
        past: false,
        search: words,
        after: null,
        limit: 10,
      })
      return found.map(({ meeting }) => meeting.title)
    }
    for (const words of ['überblick', 'U\u0308BER', 'uber'])
      expect(await search(words)).toEqual(['Überblick'])
    for (const words of ['%', '0 %']) expect(await search(words)).toEqual(['100 %'])
    for (const words of ['_', '%blick', '\\', '!']) expect(await search(words)).toEqual([])
  })

  it('finds by index', async () => {
    const owner = await newOwner()
    const meeting = newMeeting({ owner })
    await store().add(meeting, PLACE)
    const queries = await sqlOf(database(), async () => {
      await store().findById(meeting.id)
      await store().findByCode(meeting.code)
      await store().relationOf(meeting.id, owner.id)
      await store().list({ userId: owner.id, past: false, search: undefined, after: null, limit: 10 })
      await store().list({
        userId: owner.id,
        past: true,
        search: undefined,
        after: { at: AT, id: meeting.id },
        limit: 10,
      })
      await store().dueBefore(AT, 10)
      await store().remindBefore(AT, 10)
    })
    expect(queries.length).toBeGreaterThan(6)
    for (const sql of queries) await expectIndexed(database(), dialect, sql)
  })
}
