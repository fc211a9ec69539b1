import type { FastifyInstance } from 'fastify'

/** Which methods a path knows, for those who ask with another one. */
export interface AllowedMethods {
  /** Empty when there is no such path. */
  at(pathname: string): readonly string[]
}

/** Remembers the paths of all routes that are added to `app` from now on, except those that end in a wildcard. */
export function rememberMethods(app: FastifyInstance): AllowedMethods {
  const methodsOf = new Map<string, Set<string>>()
  app.addHook('onRoute', ({ url, method }) => {
    if (url.endsWith('*')) return
    const methods = methodsOf.get(url) ?? new Set()
    methodsOf.set(url, methods)
    for (const name of [method].flat()) methods.add(name)
  })
  return {
    at: (pathname) =>
      [...methodsOf].filter(([url]) => matches(pathname, url)).flatMap(([, methods]) => [...methods]),
  }
}

function matches(pathname: string, url: string): boolean {
  const asked = pathname.split('/')
  const known = url.split('/')
  return (
    asked.length === known.length && known.every((part, at) => part === asked[at] || part.startsWith(':'))
  )
}
