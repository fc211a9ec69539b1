import { hkdfSync } from 'node:crypto'

/** A key of 32 bytes for one purpose, made from the server's secret; the others cannot be told from it. */
export function derivedKey(secret: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(), `video-meet ${purpose}`, 32))
}
