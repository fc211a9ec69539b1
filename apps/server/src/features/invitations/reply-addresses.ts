import { createHmac } from 'node:crypto'
import { InvitationId } from '@video-meet/protocol'
import { isSameText } from '../../platform/secret-token.ts'

const ID_BYTES = 16
const MAC_BYTES = 10
const TOKEN = /^[0-9a-z]{1,42}$/

/**
 * Addresses that calendar programs send answers to: that of the mailbox, with a token of the invitation behind a plus sign
 * (subaddressing, RFC 5233), such as `meet+3f0k…@example.org`. Only the invited person's emails hold it.
 */
export interface ReplyAddresses {
  of(id: InvitationId): string
  /** The invitation that an address belongs to; null when it isn't one of ours, or forged. */
  read(address: string): InvitationId | null
}

/**
 * @param mailbox address of the mailbox
 * @param key 32 bytes for this purpose alone
 */
export function createReplyAddresses(mailbox: string, key: Uint8Array): ReplyAddresses {
  const at = mailbox.lastIndexOf('@')
  const [name, domain] = [mailbox.slice(0, at), mailbox.slice(at + 1)]

  function tokenOf(id: InvitationId): string {
    const mac = createHmac('sha256', key).update(`reply|${id}`).digest().subarray(0, MAC_BYTES)
    const bytes = Buffer.concat([Buffer.from(id.replaceAll('-', ''), 'hex'), mac])
    // Mail servers may change the case, so 36 characters have to do.
    return BigInt(`0x${bytes.toString('hex')}`).toString(36)
  }

  function idIn(token: string): InvitationId | null {
    if (!TOKEN.test(token)) return null
    let value = 0n
    for (const digit of token) value = value * 36n + BigInt(Number.parseInt(digit, 36))
    const hex = value
      .toString(16)
      .padStart((ID_BYTES + MAC_BYTES) * 2, '0')
      .slice(0, ID_BYTES * 2)
    const id = InvitationId.safeParse(hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'))
    return id.success ? id.data : null
  }

  return {
    of: (id) => `${name}+${tokenOf(id)}@${domain}`,
    read(address) {
      const [, token] = /\+([^+@]+)@[^@]+$/.exec(address.toLowerCase()) ?? []
      const id = token === undefined ? null : idIn(token)
      return id !== null && token !== undefined && isSameText(tokenOf(id), token) ? id : null
    },
  }
}
