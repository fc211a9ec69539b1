import { CaptureError, type CaptureErrorReason } from '../errors.ts'

/** Names of `DOMException`s from `getUserMedia` and `getDisplayMedia`, older spellings included. */
const REASONS: Readonly<Record<string, CaptureErrorReason>> = {
  NotAllowedError: 'permission_denied',
  SecurityError: 'permission_denied',
  NotFoundError: 'no_device',
  OverconstrainedError: 'no_device',
  DevicesNotFoundError: 'no_device',
  NotReadableError: 'device_busy',
  TrackStartError: 'device_busy',
  AbortError: 'device_busy',
  InvalidStateError: 'cancelled',
  NotSupportedError: 'unsupported',
}

/** The typed error for whatever capturing a microphone or camera threw. */
export function captureErrorFrom(error: unknown): CaptureError {
  if (error instanceof CaptureError) return error
  const name = error instanceof Error ? error.name : ''
  const reason = REASONS[name] ?? 'unknown'
  return new CaptureError(reason, error instanceof Error ? error.message : 'Capturing failed.', {
    cause: error,
  })
}

/** The same for a screen, where "not allowed" mostly means that the person closed the picker. */
export function screenErrorFrom(error: unknown): CaptureError {
  const captured = captureErrorFrom(error)
  // Chromium and Safari tell a refusal of the operating system apart by its text alone.
  const bySystem = /system/i.test(captured.message)
  return captured.reason === 'permission_denied' && !bySystem ? CaptureError.cancelled(error) : captured
}
