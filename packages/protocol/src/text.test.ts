import { describe, expect, it } from 'vitest'
import { listMeetings } from './rest/meetings.ts'
import { listUsers } from './rest/users.ts'
import { text } from './shapes.ts'
import { DisplayName, messageText, paragraphs } from './text.ts'

const isAccepted = (name: string) => DisplayName.safeParse(name).success

describe('text', () => {
  it.each(['a\0b', 'a\ud800b', '\udc00'])('refuses %j, which no database holds', (given) => {
    expect(text(10).safeParse(given).success).toBe(false)
  })

  it('keeps characters outside the basic plane', () => {
    expect(text(10).parse('👩🏽‍💻')).toBe('👩🏽‍💻')
  })
})

describe('searches', () => {
  it.each([
    ['meetings', listMeetings],
    ['people', listUsers],
  ])('for %s refuse NUL and unpaired surrogates', (_, { query }) => {
    expect(query.safeParse({ search: '\0' }).success).toBe(false)
    expect(query.safeParse({ search: '\ud800' }).success).toBe(false)
    expect(query.safeParse({ search: 'ärmel 100%' }).success).toBe(true)
  })
})

describe('DisplayName', () => {
  it('is trimmed, composed and has single spaces', () => {
    expect(DisplayName.parse('  Ame\u0301lie \n  Poulain ')).toBe('Amélie Poulain')
  })

  it.each([
    ['nothing', ''],
    ['spaces', '   '],
    ['Hangul fillers', '\u3164\u115f\u1160\uffa0'],
    ['a blank Braille pattern', '\u2800'],
    ['a soft hyphen', '\u00ad'],
    ['a grapheme joiner', '\u034f'],
    ['a Mongolian vowel separator', '\u180e'],
    ['a variation selector', '\ufe0f'],
    ['a joiner', '\u200d'],
    ['a non-joiner', '\u200c'],
    ['tag characters', '\u{e0041}\u{e007f}'],
    ['an annotation anchor', '\ufff9'],
    ['direction marks', '\u200e\u200f\u061c'],
    ['a combining mark alone', '\u0301'],
  ])('refuses %s', (_, name) => {
    expect(isAccepted(name)).toBe(false)
  })

  it.each([
    ['a soft hyphen', 'Ho\u00adst'],
    ['a zero-width space', 'An\u200ba'],
    ['a joiner between Latin letters', 'Ho\u200dst'],
    ['a direction mark between Latin letters', 'Ho\u200est'],
    ['a grapheme joiner', 'Ho\u034fst'],
    ['a Hangul filler', 'Ho\u3164st'],
    ['tag characters', 'Ho\u{e0073}st'],
    ['a variation selector after a letter', 'Ho\ufe0fst'],
    ['a blank Braille pattern', 'Ho\u2800st'],
    ['an annotation', 'Ho\ufff9st'],
    ['a right-to-left override', 'Ana\u202eted'],
    ['an isolate', 'Ana\u2066ted'],
    ['a control character', 'An\u0007a'],
    ['a noncharacter', 'An\uffffa'],
    ['60 combining marks', `Zalgo${'\u0335'.repeat(60)}`],
    ['an unpaired surrogate', 'a\ud800b'],
    ['NUL', 'a\0b'],
    ['65 characters', 'a'.repeat(65)],
  ])('refuses %s inside', (_, name) => {
    expect(isAccepted(name)).toBe(false)
  })

  it.each([
    ['a soft hyphen', 'Host\u00ad', 'Host'],
    ['a pasted zero-width space', '\u200bAna\u200b', 'Ana'],
    ['a byte order mark', '\ufeffAna', 'Ana'],
    ['a right-to-left mark', 'שרה\u200f', 'שרה'],
    ['a left-to-right mark', '\u200eعمر\u200e', 'عمر'],
    ['embedding controls', '\u202aAna\u202c', 'Ana'],
    ['a lone variation selector', 'Ana\ufe0f', 'Ana'],
    ['invisible characters around a space', 'Ana\u200b \u200eLee', 'Ana Lee'],
  ])('strips %s at the edges', (_, name, expected) => {
    expect(DisplayName.parse(name)).toBe(expected)
  })

  it.each([
    'عمر 👩🏽‍💻',
    'می‌خواهم', // Persian with ZWNJ
    'ක්‍රිස්', // Sinhala with ZWJ
    'क्‍ष', // Devanagari with ZWJ
    'א\u200fב',
    'Ana ❤️',
    '🏳️‍🌈 Lee',
    'Team 🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
    'Room 5️⃣',
    '葛\u{e0100}城', // an ideograph with a variation selector
    'ᠮᠣᠩᠭᠣᠯ',
    'ᠰᠢᠷ\u180b\u180eᠠ', // Mongolian with a variant and a separated vowel
    '홍길동',
    'Nguyễn Thị Ánh',
    '田中',
    "O'Neill-Smith, Jr.",
  ])('keeps %j', (name) => {
    expect(DisplayName.parse(name)).toBe(name.normalize('NFC'))
  })

  it('is applied twice with the same result', () => {
    for (const name of [' \u200bAna\u200b ', 'שרה\u200f (2)', '\u200e👩🏽‍💻\u200e'])
      expect(DisplayName.parse(DisplayName.parse(name))).toBe(DisplayName.parse(name))
  })

  it('takes time in proportion to its length', () => {
    const long = paragraphs(50_000)
    const started = Date.now()
    for (const unit of ['\u200d', ' ', '\u05d0', '\u05d0\u200d', '❤\u200d', '\u{1f3f4}\u{e0067}', 'a\u200e'])
      long.safeParse(`a${unit.repeat(20_000)}a`)
    expect(Date.now() - started).toBeLessThan(1000)
  })
})

describe('messageText', () => {
  const message = messageText(4000)

  it.each([
    ['abc\u202edef', 'abcdef'],
    ['soft\u00adhyphen\u200bs', 'softhyphens'],
    ['bell\u0007', 'bell'],
    [`a${'\u0335'.repeat(60)}b`, `a${'\u0335'.repeat(8)}b`],
    ['می‌خواهم ❤️‍🔥', 'می‌خواهم ❤️‍🔥'],
    ['one\r\n  two', 'one\n  two'],
  ])('turns %j into %j', (given, expected) => {
    expect(message.parse(given)).toBe(expected)
  })

  it.each(['', ' \n ', '\u200b', 'a\ud800', 'a\0'])('refuses %j', (given) => {
    expect(message.safeParse(given).success).toBe(false)
  })
})

describe('paragraphs', () => {
  const agenda = paragraphs(100)

  it('keeps lines, tabs and spaces, and ends lines with \\n', () => {
    expect(agenda.parse('\u200bOne\r\n\tTwo\u200b  three\u2028Four ')).toBe('One\n\tTwo  three\nFour')
  })

  it('may be empty', () => {
    expect(agenda.parse(' \u200b ')).toBe('')
  })

  it.each(['a\u202eb', 'a\u0007b', 'a\u200bb', 'a\ud800b', 'a\0b', `a${'\u0335'.repeat(9)}`])(
    'refuses %j',
    (given) => {
      expect(agenda.safeParse(given).success).toBe(false)
    },
  )
})
