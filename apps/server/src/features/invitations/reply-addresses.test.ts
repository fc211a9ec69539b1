import { randomUUID } from 'node:crypto'
import { InvitationId } from '@video-meet/protocol'
import { describe, expect, it } from 'vitest'
import { createReplyAddresses } from './reply-addresses.ts'

const addresses = createReplyAddresses('meet@example.org', new Uint8Array(32).fill(3))
const newId = () => InvitationId.parse(randomUUID())

describe('reply addresses', () => {
  it('lead back to their invitation, whatever case a mail server makes of them', () => {
    for (let count = 0; count < 50; count += 1) {
      const id = newId()
      const address = addresses.of(id)
      expect(address).toMatch(/^meet\+[0-9a-z]+@example\.org$/)
      expect(address.split('@')[0]?.length).toBeLessThanOrEqual(64)
      expect(addresses.read(address.toUpperCase())).toBe(id)
    }
  })

  it('are worthless when forged, of another server, or of something else', () => {
    const id = newId()
    const address = addresses.of(id)
    const other = createReplyAddresses('meet@example.org', new Uint8Array(32).fill(4))
    const swapped = address.replace(/.(?=@)/, (last) => (last === 'a' ? 'b' : 'a'))
    for (const forged of [
      other.of(id),
      swapped,
      'meet@example.org',
      `meet+${'z'.repeat(42)}@example.org`,
      'meet+@x',
      '',
    ])
      expect(addresses.read(forged)).toBeNull()
  })
})
