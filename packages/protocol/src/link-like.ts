/*
 * Text that mail programs turn into links although nobody marked it as one. Names must not contain any: they go into emails
 * to people who don't know the person.
 */

/** Ends of host names that programs recognize: common ones, and those of countries, which have two letters. */
const TOP_LEVEL =
  '(?:com|net|org|info|biz|app|dev|edu|gov|mil|int|name|pro|xyz|top|online|site|website|web|shop|store|club|live|link|click|cloud|email|support|help|tech|space|world|agency|digital|vip|icu|test|example|[a-z]{2})'
const DOT = String.raw`[.\u3002\uff0e\uff61]`
const HOST = String.raw`[\p{L}\p{N}][\p{L}\p{N}-]{2,}${DOT}(?:[\p{L}\p{N}-]+${DOT})*${TOP_LEVEL}(?![\p{L}\p{N}])`
const ADDRESS = String.raw`(?:\d{1,3}\.){3}\d{1,3}`
const LINK = new RegExp(
  String.raw`[a-z][a-z0-9+.-]*:[/\\]{2}|(?<![\p{L}\p{N}])www${DOT}|${HOST}|${ADDRESS}`,
  'iu',
)
const ALL_LINKS = new RegExp(String.raw`(?:${LINK.source})\S*`, 'giu')
/** Joins words without being seen, which is enough for mail programs not to see an address. */
const WORD_JOINER = '\u2060'

/** Whether mail programs would show a part of `text` as a link. */
export function looksLikeLink(text: string): boolean {
  return LINK.test(text)
}

/** Text that looks the same, but in which mail programs find no link. */
export function withoutLinks(text: string): string {
  return text.replaceAll(ALL_LINKS, (link) =>
    link.replaceAll(/[.:/\\\u3002\uff0e\uff61]/g, `$&${WORD_JOINER}`),
  )
}
