import * as z from 'zod/mini'
import { text, textOf } from './shapes.ts'

/**
 * Control characters, and the marks that reorder or hide text (bidirectional overrides and isolates, zero width,
 * line and paragraph separators, byte order mark): with them one name can be dressed up as another.
 */
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u

/** One line of text that people read, such as a name or a title: NFC, trimmed, nothing invisible. */
export function lineOfText(max: number) {
  const tidied = z.pipe(
    text(max * 4),
    z.transform((line: string) => line.normalize('NFC').trim().replace(/\s+/gu, ' ')),
  )
  const line = textOf(1, max).check(
    z.refine((checked) => !UNSAFE.test(checked), 'must not contain control or text-direction characters'),
  )
  return z.pipe(tidied, line)
}

/** Name under which a person appears to the others. */
export const DisplayName = lineOfText(64)

const UNSAFE_IN_PARAGRAPHS = new RegExp(
  UNSAFE.source.replace('\\u0000-\\u001f', '\\u0000-\\u0008\\u000b-\\u001f'),
  'u',
)

/** Text of several lines that people read, such as an agenda: NFC, trimmed, lines end with \\n, nothing invisible. */
export function paragraphs(max: number) {
  const tidied = z.pipe(
    text(max * 4),
    z.transform((given: string) => given.normalize('NFC').replace(/\r\n?/g, '\n').trim()),
  )
  const checked = text(max).check(
    z.refine(
      (tidy) => !UNSAFE_IN_PARAGRAPHS.test(tidy),
      'must not contain control or text-direction characters',
    ),
  )
  return z.pipe(tidied, checked)
}
