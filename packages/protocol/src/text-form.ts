import * as z from 'zod/mini'
import { looksLikeLink } from './link-like.ts'

/*
 * The normal form of text that people read: NFC, with a visible character, and without anything invisible that could
 * make it look empty, reordered, or the same as other text. What counts as invisible is a property of Unicode.
 */

/** Characters that show nothing: default-ignorable ones, the blank Braille pattern, interlinear annotations. */
const INVISIBLE = String.raw`\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffb`
const HIDDEN = new RegExp(`[${INVISIBLE}]`, 'u')
/** Runs of white space and invisible characters. */
const GAP = String.raw`[\s${INVISIBLE}]+`

/** Scripts whose letters change shape beside a joiner or are written from right to left. */
const SHAPED_RANGES = String.raw`[\u0590-\u109f\u1700-\u1cff\ua800-\uabff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{11fff}\u{1e800}-\u{1eeff}]`
/** Mongolian letters come in variants, and a vowel can be separated from them. */
const MONGOLIAN = String.raw`[\u1820-\u18aa][\u180b-\u180d\u180f]?(?:\u180e(?=[\u1820-\u18aa]))?`
const SHAPED = `(?:${MONGOLIAN}|(?![${INVISIBLE}])${SHAPED_RANGES})`
const DIRECTION = String.raw`[\u200e\u200f\u061c]`
const LETTER = String.raw`[\p{L}\p{N}]`
const EMOJI = String.raw`\p{Extended_Pictographic}[\ufe0e\ufe0f]?\p{Emoji_Modifier}?`

/** Sequences in which characters that are invisible by themselves shape what is seen. */
const SEQUENCES = [
  // ZWJ and ZWNJ between shaped letters; direction marks beside them, within a word.
  `(?:${LETTER}${DIRECTION})?${SHAPED}(?:[\\u200c\\u200d\\u200e\\u200f\\u061c]{0,2}${SHAPED})*` +
    `(?:${DIRECTION}{1,2}(?=[^\\s${INVISIBLE}]))?`,
  `${EMOJI}(?:\\u200d${EMOJI})*`,
  // Flags of regions, keycaps.
  String.raw`\u{1f3f4}[\u{e0020}-\u{e007e}]{1,6}\u{e007f}`,
  String.raw`[\d#*]\ufe0f\u20e3`,
  // Variants of ideographs.
  String.raw`\p{Script=Han}[\ufe00-\ufe02\u{e0100}-\u{e01ef}]`,
]
// Flags come before single emoji, so that the longest sequence is taken.
const TOKEN = new RegExp(`(${[...SEQUENCES].reverse().join('|')})|(${GAP})`, 'gu')

// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029]|\p{Noncharacter_Code_Point}/u
const SPACE = /[^\S\ufeff]/u
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u
const ALL_CONTROL = new RegExp(CONTROL, 'gu')
const ALL_HIDDEN = new RegExp(HIDDEN, 'gu')
const MARKS = /\p{M}{9}/u

/**
 * Applies the normal form: drops invisible characters at the edges of words, and replaces gaps by `gapFor` of them.
 * Invisible characters that have no place inside a word stay, for the check to refuse them.
 */
function tidy(given: string, gapFor: (gap: string) => string): string {
  // With spaces around it, the edges of the text are edges of words too.
  return ` ${given.normalize('NFC')} `
    .replace(TOKEN, (match: string, sequence?: string) =>
      sequence === undefined && SPACE.test(match) ? gapFor(match) : match,
    )
    .trim()
}

function isClean(tidied: string): boolean {
  if (CONTROL.test(tidied)) return false
  return !HIDDEN.test(
    tidied.replace(TOKEN, (match: string, sequence?: string) => (sequence === undefined ? match : '')),
  )
}

/** Every string: databases and UTF-8 can't hold NUL and unpaired surrogates. */
export const STRING_CHECKS = [
  z.refine<string>(
    (given) => !/[\0\p{Surrogate}]/u.test(given),
    'must not contain NUL or unpaired surrogates',
  ),
]

export const VISIBLE_CHECKS = [
  z.refine<string>((tidied) => VISIBLE.test(tidied), 'must have a visible character'),
]

export const PARAGRAPH_CHECKS = [
  z.refine<string>(isClean, 'must not contain invisible or control characters'),
  z.refine<string>((tidied) => !MARKS.test(tidied), 'must not have more than 8 combining marks in a row'),
]

export const LINE_CHECKS = [
  ...PARAGRAPH_CHECKS,
  ...VISIBLE_CHECKS,
  z.refine<string>((tidied) => !/[\t\n]/.test(tidied), 'must be one line'),
]

export const NAME_CHECKS = [
  z.refine<string>((name) => !looksLikeLink(name), 'must not contain a link or an email address'),
]

/** One line with single spaces. */
export function tidyLine(given: string): string {
  return tidy(given, () => ' ')
}

/** Lines end with \n. */
export function tidyLines(given: string): string {
  return tidy(given.replace(/\r\n?|[\u2028\u2029]/g, '\n'), (gap) => gap.replace(ALL_HIDDEN, ''))
}

/** Lines without anything that `PARAGRAPH_CHECKS` would refuse. */
export function tidyMessage(given: string): string {
  return tidyLines(given)
    .replace(TOKEN, (match: string, sequence?: string) => sequence ?? match.replace(ALL_HIDDEN, ''))
    .replace(ALL_CONTROL, '')
    .replace(/(\p{M}{8})\p{M}+/gu, '$1')
}
