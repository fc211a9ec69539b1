/*
 * Stands in for text-form.ts in browsers, where every byte of the way into a call counts: the server checks all that
 * comes in, so here it's enough to find an empty name.
 */

export const STRING_CHECKS = []
export const VISIBLE_CHECKS = []
export const PARAGRAPH_CHECKS = []
export const LINE_CHECKS = []
export const NAME_CHECKS = []

export function tidyLine(given: string): string {
  return given.replace(/\s+/g, ' ').trim()
}

export function tidyLines(given: string): string {
  return given.trim()
}

export function tidyMessage(given: string): string {
  return given
}
