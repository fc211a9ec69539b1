import * as z from 'zod/mini'
import {
  LINE_CHECKS,
  NAME_CHECKS,
  PARAGRAPH_CHECKS,
  tidyLine,
  tidyLines,
  tidyMessage,
  VISIBLE_CHECKS,
} from '#text-form'
import { text, textOf } from './shapes.ts'

/** One line of text that people read, such as a name or a title, in normal form with single spaces. */
export function lineOfText(max: number) {
  return z.pipe(z.pipe(text(max * 4), z.transform(tidyLine)), textOf(1, max).check(...LINE_CHECKS))
}

/**
 * Name under which a person appears to the others, also in emails to strangers: mail programs would make links of what
 * looks like one.
 */
export const DisplayName = lineOfText(64).check(...NAME_CHECKS)

/**
 * A message as people paste it together: in normal form like paragraphs, but what they would be refused for is left
 * out, because nobody finds invisible characters in the middle of a conversation.
 */
export function messageText(max: number) {
  return z.pipe(z.pipe(text(max), z.transform(tidyMessage)), textOf(1, max).check(...VISIBLE_CHECKS))
}

/** Text of several lines that people read, such as an agenda, in normal form; lines end with \n. */
export function paragraphs(max: number) {
  return z.pipe(z.pipe(text(max * 4), z.transform(tidyLines)), text(max).check(...PARAGRAPH_CHECKS))
}
