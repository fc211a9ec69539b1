import type { FastifyReply, FastifyRequest } from 'fastify'

/** The refresh token as the browser keeps it for the caller: where scripts cannot read it. */
export interface RefreshCookie {
  readonly value: string | undefined
  keep(token: string, expiresAt: Date): void
  drop(): void
}

/** @param publicUrl browsers give `__Host-` cookies to HTTPS only */
export function refreshCookie(
  publicUrl: string,
): (request: FastifyRequest, reply: FastifyReply) => RefreshCookie {
  const secure = publicUrl.startsWith('https:')
  const name = secure ? '__Host-rt' : 'rt'
  const options = { path: '/', httpOnly: true, sameSite: 'strict', secure } as const
  return (request, reply) => ({
    value: request.cookies[name],
    keep: (token, expires) => void reply.setCookie(name, token, { ...options, expires }),
    drop: () => void reply.clearCookie(name, options),
  })
}
