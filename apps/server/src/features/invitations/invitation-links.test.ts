import { randomUUID } from 'node:crypto'
import { InvitationId } from '@video-meet/protocol'
import { describe, expect, it } from 'vitest'
import { createInvitationLinks } from './invitation-links.ts'

const URL = 'https://meet.example.org'
const keyOf = (byte: number) => new Uint8Array(32).fill(byte)
const links = createInvitationLinks(keyOf(1), URL)
const id = InvitationId.parse(randomUUID())

describe('the personal link of an invitation', () => {
  it('leads to a page, and its token reaches no server by itself', () => {
    expect(links.linkTo(id)).toBe(`${URL}/invitation#${links.tokenOf(id)}`)
  })

  it('is the same each time, and tells whose it is', () => {
    expect(links.tokenOf(id)).toBe(createInvitationLinks(keyOf(1), URL).tokenOf(id))
    expect(links.read(links.tokenOf(id))).toBe(id)
  })

  const token = links.tokenOf(id)
  const [, signature = ''] = token.split('.')
  const other = InvitationId.parse(randomUUID())
  it.each([
    ['nothing', ''],
    ['an id alone', id],
    ['an id with an empty signature', `${id}.`],
    ['the signature of another invitation', `${other}.${signature}`],
    ['an id in capital letters', `${id.toUpperCase()}.${signature}`],
    ['a signature that is cut', token.slice(0, -1)],
    ['a signature with something behind it', `${token}.x`],
    [
      'a signature with another letter',
      token.slice(0, -2) + (token.at(-2) === 'A' ? 'B' : 'A') + token.at(-1),
    ],
    ['a signature in another alphabet', `${id}.${Buffer.from(signature, 'base64url').toString('hex')}`],
    ['one that another key signed', createInvitationLinks(keyOf(2), URL).tokenOf(id)],
  ])('is not taken when it has %s', (_, forged) => {
    expect(links.read(forged)).toBeNull()
  })
})
