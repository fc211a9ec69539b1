import { describe, expect, it } from 'vitest'
import { ImapUrlError, parseImapUrl } from './imap-url.ts'

describe('parseImapUrl', () => {
  it('reads host, user, password, folder and address', () => {
    expect(parseImapUrl('imaps://meet%40example.org:p%40ss@mail.example.org')).toEqual({
      host: 'mail.example.org',
      port: 993,
      secure: true,
      user: 'meet@example.org',
      pass: 'p@ss',
      folder: 'INBOX',
    })
    expect(parseImapUrl('imap://u:p@127.0.0.1:1143/Answers?address=meet@example.org')).toMatchObject({
      port: 1143,
      secure: false,
      folder: 'Answers',
      address: 'meet@example.org',
    })
  })

  it.each([
    ['pop3://u:p@mail.example.org', 'Begin it with imaps://'],
    ['imap://u:p@mail.example.org', 'Use imaps://'],
    ['imaps://mail.example.org', 'Add the user name and the password'],
    ['imaps://u:p@mail.example.org?folder=x', 'Only ?address='],
    ['imaps://u:p@mail.example.org?address=nobody', '?address= has to be the address'],
    ['imaps://u:p@mail.example.org?address=a-name-that-is-far-too-long@example.org', 'at most 22'],
    ['imaps://u:%zz@mail.example.org', 'as %25'],
  ])('refuses %s with a sentence that does not repeat it', (text, remedy) => {
    expect(() => parseImapUrl(text)).toThrow(ImapUrlError)
    expect(() => parseImapUrl(text)).toThrow(remedy)
  })
})
