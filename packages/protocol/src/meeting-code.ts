import * as z from 'zod/mini'

/** Letters that cannot be taken for one another when read aloud or written by hand: no i, l, o. */
export const MEETING_CODE_ALPHABET = 'abcdefghjkmnpqrstuvwxyz'
const GROUPS = [4, 6, 4] as const
/** 14 letters of 23: 63 random bits. */
export const MEETING_CODE_LETTERS = 14

const letters = `[${MEETING_CODE_ALPHABET}]`
const pattern = new RegExp(`^${GROUPS.map((size) => `${letters}{${size}}`).join('-')}$`)

/** The public name of a meeting in its link, e.g. `abcd-efghjk-mnpq`. */
export const MeetingCode = z.string().check(z.regex(pattern)).brand<'MeetingCode'>()
export type MeetingCode = z.infer<typeof MeetingCode>

/** Puts `letters` (14 of the alphabet) into their groups. */
export function formatMeetingCode(letters14: string): MeetingCode {
  let from = 0
  const groups = GROUPS.map((size) => letters14.slice(from, (from += size)))
  return MeetingCode.parse(groups.join('-'))
}

/**
 * Finds the meeting code in what a person typed or pasted: a link, or the code in any case and grouping.
 *
 * @returns the code, or `null` when there is none
 */
export function parseMeetingCode(text: string): MeetingCode | null {
  const afterMeeting = /\/meeting\/([^/?#\s]+)/i.exec(text)?.[1] ?? text
  const bare = afterMeeting.toLowerCase().replace(/[\s–—-]/g, '')
  if (bare.length !== MEETING_CODE_LETTERS || !new RegExp(`^${letters}+$`).test(bare)) return null
  return formatMeetingCode(bare)
}
