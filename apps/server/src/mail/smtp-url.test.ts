import { describe, expect, it } from 'vitest'
import { parseSmtpUrl, SmtpUrlError } from './smtp-url.ts'

const plain = { secure: false, requireTLS: false, verify: true, auth: null }
const auth = { user: 'ana', pass: 'secret' }

describe('SMTP_URL', () => {
  it.each([
    ['smtp://mail.example.org', { ...plain, host: 'mail.example.org', port: 587 }],
    ['smtp://127.0.0.1:2525/', { ...plain, host: '127.0.0.1', port: 2525 }],
    ['smtp://[::1]:25', { ...plain, host: '::1', port: 25 }],
    ['smtps://mail.example.org', { ...plain, host: 'mail.example.org', port: 465, secure: true }],
    ['smtp://ana:secret@localhost:25', { ...plain, host: 'localhost', port: 25, auth }],
    [
      'smtp://ana:secret@mail.example.org',
      { ...plain, host: 'mail.example.org', port: 587, requireTLS: true, auth },
    ],
    ['smtp://ana:secret@10.0.0.1:25?tls=optional', { ...plain, host: '10.0.0.1', port: 25, auth }],
    [
      'smtp://mail.example.org?tls=required',
      { ...plain, host: 'mail.example.org', port: 587, requireTLS: true },
    ],
    [
      'smtp://mail.example.org?tls=unverified',
      { ...plain, host: 'mail.example.org', port: 587, requireTLS: true, verify: false },
    ],
    [
      'SMTP://ana%40example.org:s%3Ae%2Fc%25@mail.example.org',
      {
        ...plain,
        host: 'mail.example.org',
        port: 587,
        requireTLS: true,
        auth: { user: 'ana@example.org', pass: 's:e/c%' },
      },
    ],
  ])('%s is understood', (text, settings) => {
    expect(parseSmtpUrl(text)).toEqual(settings)
  })

  it.each([
    ['', 'begin with smtp:// or smtps://'],
    ['mail.example.org:587', 'begin with smtp:// or smtps://'],
    ['http://mail.example.org', 'begin with smtp:// or smtps://'],
    ['smtp://', 'names no host'],
    ['smtp://mail.example.org:99999', 'not an address'],
    ['smtp://mail.example.org:0', 'from 1 to 65535'],
    ['smtp://ana@mail.example.org', 'go together'],
    ['smtp://:pass@mail.example.org', 'go together'],
    ['smtp://ana:hunter2%@mail.example.org', '%25'],
    ['smtp://ana:hunter2/x@mail.example.org', ''],
    ['smtp://mail.example.org/path', 'Nothing may follow'],
    ['smtp://mail.example.org#x', 'Nothing may follow'],
    ['smtp://mail.example.org?secure=true', 'Only ?tls='],
    ['smtp://mail.example.org?tls=off', 'one of optional, required, unverified'],
    ['smtp://mail.example.org?tls=optional&tls=required', 'one of'],
    ['smtps://mail.example.org?tls=optional', 'does not go with smtps'],
  ])('%s is refused with a word on what to change', (text, words) => {
    expect(() => parseSmtpUrl(text)).toThrow(SmtpUrlError)
    expect(() => parseSmtpUrl(text)).toThrow(words)
    expect(() => parseSmtpUrl(text)).not.toThrow('hunter2')
  })
})
