import { randomInt } from 'node:crypto'
import {
  formatMeetingCode,
  MEETING_CODE_ALPHABET,
  MEETING_CODE_LETTERS,
  type MeetingCode,
} from '@video-meet/protocol'

/** Codes have 63 random bits: even a second try is a sign of something else. */
const MAX_TRIES = 5

/** Draws codes until `take` says that one was free. */
export async function takeMeetingCode(
  take: (code: MeetingCode) => Promise<boolean>,
  randomLetter: () => string = anyLetter,
): Promise<void> {
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const letters = Array.from({ length: MEETING_CODE_LETTERS }, randomLetter).join('')
    if (await take(formatMeetingCode(letters))) return
  }
  throw new Error(`no free meeting code in ${MAX_TRIES} tries`)
}

function anyLetter(): string {
  return MEETING_CODE_ALPHABET.charAt(randomInt(MEETING_CODE_ALPHABET.length))
}
