import { describe, expect, it } from 'vitest'
import { letter } from './letter.ts'

const parts = {
  title: 'Weekly planning',
  paragraphs: ['Ana invites you.', 'Bring numbers.\nAnd cake.'],
  facts: [
    ['When', 'Tuesday, 09:00'],
    ['Organiser', 'Ana'],
  ] as [string, string][],
  button: { label: 'Answer or join', url: 'https://meet.example.org/invitation#abc&d' },
  note: 'Do not pass it on.',
}

describe('a letter', () => {
  it('reads well as plain text', () => {
    expect(letter(parts).text).toBe(
      [
        'Weekly planning',
        '===============',
        '',
        'Ana invites you.',
        '',
        'Bring numbers.',
        'And cake.',
        '',
        'When: Tuesday, 09:00',
        'Organiser: Ana',
        '',
        'Answer or join:',
        'https://meet.example.org/invitation#abc&d',
        '',
        '-- ',
        'Do not pass it on.',
        '',
      ].join('\n'),
    )
  })

  it('says the same in HTML', () => {
    const { html } = letter(parts)
    for (const words of [
      'Weekly planning</h1>',
      'Ana invites you.',
      'Bring numbers.<br>And cake.',
      'When</th>',
    ])
      expect(html).toContain(words)
    expect(html).toContain('href="https://meet.example.org/invitation#abc&amp;d"')
    expect(html).toContain('Do not pass it on.')
    expect(html).toMatch(/^<!doctype html>\n<html lang="en">/)
  })

  it('ends with who caused it', () => {
    const { text, html } = letter({ ...parts, footer: 'Ana & Co caused this.' })
    expect(text).toMatch(/-- \nDo not pass it on\.\n\nAna & Co caused this\.\n$/)
    expect(html).toContain('Ana &amp; Co caused this.</p>')
    expect(html).not.toContain('Sent by Video Meet')
  })

  it('leaves out what there is none of', () => {
    const { text, html } = letter({ title: 'Hello', paragraphs: ['You.'] })
    expect(text).toBe('Hello\n=====\n\nYou.\n')
    expect(html).not.toMatch(/<table|<a |undefined/)
  })

  it('loads nothing from anywhere and runs nothing', () => {
    const { html } = letter(parts)
    expect(html).not.toMatch(
      /<(img|script|link|iframe|object|form)\b|url\(|@import|@font-face|\bsrc=|\bon\w+=/i,
    )
    const links = [...html.matchAll(/https?:\/\/[^"<\s]+/g)].map(([link]) => link)
    expect(new Set(links)).toEqual(new Set(['https://meet.example.org/invitation#abc&amp;d']))
  })

  it('takes no markup from what it is given', () => {
    const evil = `<img src=x onerror=alert(1)>"'&<!--</style></title>`
    const { html, text } = letter({
      title: evil,
      paragraphs: [evil],
      facts: [[evil, evil]],
      button: { label: evil, url: `https://example.org/"><script>${evil}` },
      note: evil,
    })
    expect(html).not.toMatch(/<img|<script|<!--/)
    expect(html.match(/&lt;img src=x onerror=alert\(1\)&gt;&quot;&#39;&amp;&lt;!--/g)).toHaveLength(10)
    expect(html.match(/<\/style>|<\/title>/g)).toHaveLength(2)
    expect(text).toContain(evil)
  })

  it.each(['javascript:alert(1)', 'data:text/html,x', '/relative', ' https://example.org'])(
    'has no button that leads to %s',
    (url) => {
      expect(() => letter({ ...parts, button: { label: 'x', url } })).toThrow('http or https')
    },
  )
})
