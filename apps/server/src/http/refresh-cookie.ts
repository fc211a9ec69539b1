import type { FastifyReply, FastifyRequest } from 'fastify'

/** A cookie of the caller's browser that scripts can't read. */
export interface SecretCookie {
  readonly value: string | undefined
  keep(value: string, expiresAt: Date): void
  drop(): void
}

export type CookieAccess = (request: FastifyRequest, reply: FastifyReply) => SecretCookie

/** The refresh token. */
export function refreshCookie(publicUrl: string): CookieAccess {
  return secretCookie('rt', publicUrl)
}

/** The random value by which the server recognizes a browser that somebody has signed in with. */
export function deviceCookie(publicUrl: string): CookieAccess {
  return secretCookie('device', publicUrl)
}

/** @param publicUrl browsers accept `__Host-` cookies over HTTPS only */
function secretCookie(plainName: string, publicUrl: string): CookieAccess {
  const secure = publicUrl.startsWith('https:')
  const name = secure ? `__Host-${plainName}` : plainName
  const options = { path: '/', httpOnly: true, sameSite: 'strict', secure } as const
  return (request, reply) => ({
    value: request.cookies[name],
    keep: (value, expires) => void reply.setCookie(name, value, { ...options, expires }),
    drop: () => void reply.clearCookie(name, options),
  })
}
