import type { ErrorBody, ErrorCode } from '@video-meet/protocol'

interface AppErrorOptions {
  /** What led to it; goes to the log only. */
  readonly cause?: unknown
  /** Machine-readable facts that the caller may see. */
  readonly details?: unknown
}

/** An error whose `code`, `message` and `details` may be shown to the caller; everything else stays in the log. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  readonly details: unknown

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined)
    this.code = code
    this.details = options.details
  }
}

/** The wire form of `error`; what is not an AppError becomes `internal` and says nothing about itself. */
export function toErrorBody(error: unknown, requestId?: string): ErrorBody {
  const known =
    error instanceof AppError ? error : new AppError('internal', 'Something went wrong on the server.')
  return {
    code: known.code,
    message: known.message,
    ...(known.details === undefined ? {} : { details: known.details }),
    ...(requestId === undefined ? {} : { requestId }),
  }
}
