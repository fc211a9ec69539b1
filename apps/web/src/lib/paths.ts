/** Addresses of the pages around an account. */
export const paths = {
  start: '/',
  login: '/auth/login',
  register: '/auth/register',
  forgot: '/auth/forgot',
  test: '/test',
  dashboard: '/dashboard',
  newMeeting: '/dashboard/new',
  templates: '/dashboard/templates',
  profile: '/dashboard/profile',
  admin: '/dashboard/admin',
  meeting: (id: string) => `/dashboard/meetings/${id}`,
} as const

/** The page to sign in, from which one goes on to `wanted`. */
export function loginPath(wanted: string): string {
  return `${paths.login}?${new URLSearchParams({ next: wanted }).toString()}`
}

/** The page to create an account with the token of an invitation, which opens the door where strangers may not. */
export function registerPath(invitationToken: string): string {
  return `${paths.register}#${new URLSearchParams({ invitation: invitationToken }).toString()}`
}

/** Where to go on after signing in: a page of this app that the address names, or the dashboard. */
export function pathAfterLogin(search: URLSearchParams): string {
  const next = search.get('next')
  if (next === null) return paths.dashboard
  try {
    const url = new URL(next, location.origin)
    // Nobody is sent to another site by a link to this one, nor back to the page they come from.
    if (url.origin !== location.origin || url.pathname.startsWith('/auth/')) return paths.dashboard
    return url.pathname + url.search + url.hash
  } catch {
    return paths.dashboard
  }
}
