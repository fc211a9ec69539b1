import { isLoadFailure } from '@video-meet/client/browser'
import { text } from './text.ts'

/** What every failure of a call has, whichever way it came. */
export interface Failure {
  readonly code: string
  readonly message: string
  readonly details?: unknown
}

/** Reads a failure out of whatever was thrown. */
export function toFailure(error: unknown): Failure {
  if (typeof error === 'object' && error !== null && 'code' in error && 'message' in error) {
    const { code, message } = error
    if (typeof code === 'string' && typeof message === 'string') return { ...error, code, message }
  }
  return { code: 'internal', message: text.somethingWrong }
}

/** The sentence for an exception. Only what the browser reports as a network problem is called one. */
export function thrownText(error: unknown): string {
  return isLoadFailure(error) ? text.serverUnreachable : failureText(toFailure(error))
}

/** The sentence for a failure, where the caller has no better one. */
export function failureText({ code, message, details }: Failure): string {
  switch (code) {
    case 'network':
    case 'unavailable':
    case 'timeout':
      return text.serverUnreachable
    case 'rate_limited':
      // A budget says in words what remains of it.
      return hasBudget(details) ? message : text.tooManyRequests
    case 'internal':
    case 'malformed':
      return text.somethingWrong
    default:
      // The server words everything else for people.
      return message
  }
}

function hasBudget(details: unknown): boolean {
  return typeof details === 'object' && details !== null && 'remaining' in details
}
