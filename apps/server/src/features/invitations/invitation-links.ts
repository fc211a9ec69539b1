import { createHmac } from 'node:crypto'
import { InvitationId } from '@video-meet/protocol'
import { isSameText } from '../../platform/secret-token.ts'

/** Makes and reads the personal links of invitations. They are made again for each letter, so that none is kept. */
export interface InvitationLinks {
  tokenOf(id: InvitationId): string
  /** The address of the page; the token stands behind a # and so never reaches a log. */
  linkTo(id: InvitationId): string
  /** Whose token it is; null when it is forged. Whether the invitation still stands is for the database to say. */
  read(token: string): InvitationId | null
}

/** @param key 32 bytes for this purpose alone */
export function createInvitationLinks(key: Uint8Array, publicUrl: string): InvitationLinks {
  const tokenOf = (id: InvitationId) =>
    `${id}.${createHmac('sha256', key).update(`invitation|${id}`).digest('base64url')}`
  return {
    tokenOf,
    linkTo: (id) => `${publicUrl}/invitation#${tokenOf(id)}`,
    read(token) {
      const id = InvitationId.safeParse(token.split('.', 1)[0])
      return id.success && isSameText(tokenOf(id.data), token) ? id.data : null
    },
  }
}
