import { describe, expect, it } from 'vitest'
import { isStunUrl, isTurnUrl } from './ice-url.ts'

describe('isTurnUrl', () => {
  it.each([
    'turn:turn.example.org',
    'turn:203.0.113.20:3478',
    'turn:203.0.113.20?transport=tcp',
    'turns:turn.example.org:443?transport=tcp',
    'turn:[2001:db8::20]:3478?transport=udp',
    'TURN:localhost',
  ])('takes %s', (url) => {
    expect(isTurnUrl(url)).toBe(true)
  })

  it.each([
    '',
    'turn:',
    'turn.example.org',
    'turn://turn.example.org',
    'stun:turn.example.org',
    'turn:user@turn.example.org',
    'turn:turn.example.org:0',
    'turn:turn.example.org:65536',
    'turn:turn.example.org:',
    'turn:turn.example.org/path',
    'turn:turn.example.org?transport=sctp',
    'turn:turn.example.org?transport=tcp&x=1',
    'turn:203.0.113.256',
    'turn:2001:db8::20',
    'turn:[203.0.113.20]',
    'turn:two words',
  ])('refuses "%s"', (url) => {
    expect(isTurnUrl(url)).toBe(false)
  })
})

describe('isStunUrl', () => {
  it.each(['stun:stun.example.org', 'stuns:stun.example.org:5349', 'stun:[2001:db8::20]:3478'])(
    'takes %s',
    (url) => {
      expect(isStunUrl(url)).toBe(true)
    },
  )

  it.each(['turn:stun.example.org', 'stun:stun.example.org?transport=tcp', 'stun:', 'https://example.org'])(
    'refuses %s',
    (url) => {
      expect(isStunUrl(url)).toBe(false)
    },
  )
})
