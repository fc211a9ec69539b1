import { createHmac } from 'node:crypto'
import { isSameText } from '../../platform/secret-token.ts'

/** A refresh token, taken apart. */
export interface RefreshToken {
  readonly sessionId: string
  readonly generation: number
}

export interface RefreshTokens {
  /**
   * The token of a generation. It can be made again from what is kept, so that two tabs that rotate at once get the same
   * successor.
   */
  issue(token: RefreshToken, seed: string): string
  /** What a token says about itself; not yet proven. */
  parse(text: string): RefreshToken | null
  /** Whether we ever issued it. */
  isGenuine(text: string, seed: string): boolean
}

const SHAPE = /^([0-9a-f-]{36})\.(\d{1,9})\.[\w-]{43}$/

/** @param key 32 bytes for this purpose alone */
export function createRefreshTokens(key: Uint8Array): RefreshTokens {
  const issue: RefreshTokens['issue'] = ({ sessionId, generation }, seed) => {
    const mac = createHmac('sha256', key).update(`${sessionId}|${generation}|${seed}`).digest('base64url')
    return `${sessionId}.${generation}.${mac}`
  }
  const parse: RefreshTokens['parse'] = (text) => {
    const [, sessionId, generation] = SHAPE.exec(text) ?? []
    return sessionId === undefined ? null : { sessionId, generation: Number(generation) }
  }
  return {
    issue,
    parse,
    isGenuine(text, seed) {
      const token = parse(text)
      return token !== null && isSameText(issue(token, seed), text)
    },
  }
}
