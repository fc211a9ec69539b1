/*
 * Meetings as records: making them and finding them. Who is in them now is the business of the room.
 */
import { randomInt, randomUUID } from 'node:crypto'
import {
  formatMeetingCode,
  type Meeting,
  MEETING_CODE_ALPHABET,
  MEETING_CODE_LETTERS,
  MeetingCode,
  MeetingId,
} from '@video-meet/protocol'
import { AppError } from '../../platform/errors.ts'
import type { MeetingsStore, StoredMeeting } from './meetings-store.ts'

const DEFAULT_TITLE = 'Meeting'
/** Codes have 63 random bits: even a second try is a sign of something else. */
const MAX_TRIES = 5

export interface Meetings {
  /** @throws {AppError} `unauthorized` when only users may create meetings */
  create(input: { readonly title?: string | undefined }): Promise<Meeting>
  /** @throws {AppError} `meeting_not_found` */
  find(idOrCode: MeetingId | MeetingCode): Promise<Meeting>
  findByCode(code: MeetingCode): Promise<Meeting | undefined>
}

interface MeetingsOptions {
  readonly store: MeetingsStore
  readonly config: { readonly publicUrl: string; readonly whoMayCreate: 'anyone' | 'users' }
  readonly now?: () => Date
  readonly randomLetter?: () => string
}

export function createMeetings({
  store,
  config,
  now = () => new Date(),
  randomLetter = anyLetter,
}: MeetingsOptions): Meetings {
  const toWire = ({ id, code, title, createdAt }: StoredMeeting): Meeting => ({
    id,
    code,
    title,
    createdAt: createdAt.toISOString(),
    link: `${config.publicUrl}/meeting/${code}`,
  })
  const newCode = () => formatMeetingCode(Array.from({ length: MEETING_CODE_LETTERS }, randomLetter).join(''))
  async function findByCode(code: MeetingCode): Promise<Meeting | undefined> {
    const meeting = await store.findByCode(code)
    return meeting && toWire(meeting)
  }
  async function findById(id: MeetingId): Promise<Meeting | undefined> {
    const meeting = await store.findById(id)
    return meeting && toWire(meeting)
  }
  return {
    async create({ title = DEFAULT_TITLE }) {
      if (config.whoMayCreate === 'users') throw new AppError('unauthorized', 'Sign in to create a meeting.')
      for (let tries = 0; tries < MAX_TRIES; tries += 1) {
        const meeting = { id: MeetingId.parse(randomUUID()), code: newCode(), title, createdAt: now() }
        if (await store.add(meeting)) return toWire(meeting)
      }
      throw new Error(`no free meeting code in ${MAX_TRIES} tries`)
    },
    async find(idOrCode) {
      const meeting = isCode(idOrCode) ? await findByCode(idOrCode) : await findById(idOrCode)
      if (!meeting) throw new AppError('meeting_not_found', 'There is no such meeting.')
      return meeting
    },
    findByCode,
  }
}

function isCode(idOrCode: MeetingId | MeetingCode): idOrCode is MeetingCode {
  return MeetingCode.safeParse(idOrCode).success
}

function anyLetter(): string {
  return MEETING_CODE_ALPHABET.charAt(randomInt(MEETING_CODE_ALPHABET.length))
}
