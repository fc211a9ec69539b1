import { expect, test } from 'vitest'
import { linkedText } from './linked-text.ts'

test('makes web addresses links and leaves the sentence around them alone', () => {
  expect(linkedText('See https://example.org/a?b=1#c, please.')).toEqual([
    { text: 'See ', href: null },
    { text: 'https://example.org/a?b=1#c', href: 'https://example.org/a?b=1#c' },
    { text: ', please.', href: null },
  ])
})

test('leaves an address the bracket that it opens itself', () => {
  const page = 'https://en.wikipedia.org/wiki/Jitter_(telecommunications)'
  expect(linkedText(`${page}.`)[0]).toEqual({ text: page, href: page })
  expect(linkedText(`(see ${page})`)[1]).toEqual({ text: page, href: page })
})

test('never links anything but http and https', () => {
  const text = 'javascript:alert(1) data:text/html,x file:///etc/passwd'
  expect(linkedText(text)).toEqual([{ text, href: null }])
})

test('keeps every character of the message', () => {
  const text = 'a https://x.y\nhttp://z. https:// (https://w.v)'
  expect(
    linkedText(text)
      .map((part) => part.text)
      .join(''),
  ).toBe(text)
})
