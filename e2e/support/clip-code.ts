/*
 * The code in the picture: a row of black and white blocks along the lower edge, which survives VP8 at 160×90.
 * White, black (so that a plain picture is no code), the person, then the frame number, lowest bit first.
 */

export const PERSON_BITS = 2
export const FRAME_BITS = 7
export const BLOCKS = 2 + PERSON_BITS + FRAME_BITS

/** Pitch of the person's beeps in Hz. */
export function toneOf(person: number): number {
  return 600 + 400 * person
}
