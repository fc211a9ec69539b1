import type { ErrorCode } from '@video-meet/protocol'

/** Why a meeting could not be joined. */
export type JoinErrorReason =
  | 'meeting_not_found'
  | 'room_full'
  | 'sign_in_required'
  | 'not_invited'
  | 'not_open_yet'
  | 'meeting_ended'
  | 'password_required'
  | 'wrong_password'
  | 'meeting_locked'
  | 'waiting_room'
  | 'invitation_in_use'
  | 'too_many_from_network'
  | 'denied'
  | 'replaced'
  | 'banned'
  | 'removed'
  | 'version_mismatch'
  | 'rate_limited'
  | 'unreachable'
  | 'aborted'
  | 'bad_name'
  | 'media_unavailable'
  | 'unsupported_browser'
  | 'internal'

/** A meeting could not be joined. */
export class JoinError extends Error {
  override readonly name = 'JoinError'
  readonly reason: JoinErrorReason
  /** What the server says besides, such as how many people fill the meeting; its shape depends on the reason. */
  readonly details: unknown

  constructor(reason: JoinErrorReason, message: string, options: ErrorOptions & { details?: unknown } = {}) {
    super(message, options)
    this.reason = reason
    this.details = options.details
  }

  static aborted(): JoinError {
    return new JoinError('aborted', 'Joining was given up.')
  }

  static unreachable(cause?: unknown): JoinError {
    return new JoinError('unreachable', 'The server does not answer.', { cause })
  }

  static unsupportedBrowser(cause?: unknown): JoinError {
    return new JoinError('unsupported_browser', 'This browser cannot take part in meetings.', { cause })
  }

  /** By the host, because the call is over, or because the person waits in another tab. */
  static turnedAway(why: 'denied' | 'ended' | 'replaced'): JoinError {
    switch (why) {
      case 'denied':
        return new JoinError('denied', 'The host did not let you in.')
      case 'ended':
        return new JoinError('meeting_ended', 'The meeting is over.')
      case 'replaced':
        return new JoinError('replaced', 'You wait for this meeting in another tab.')
    }
  }

  static badName(): JoinError {
    return new JoinError('bad_name', 'The name is empty, too long or holds invisible characters.')
  }

  /** The join error that an error from any of the steps of joining means. */
  static from(error: unknown): JoinError {
    if (error instanceof JoinError) return error
    if (error instanceof DOMException && error.name === 'AbortError') return JoinError.aborted()
    if (error instanceof SignalingError || error instanceof RestError) {
      const { details } = error
      if (isAboutName(error)) return JoinError.badName()
      return new JoinError(JOIN_REASONS[error.code] ?? 'internal', error.message, { cause: error, details })
    }
    return new JoinError('internal', 'The meeting could not be joined.', { cause: error })
  }
}

/** Whether the server refused the name: it looks more closely than the browser. */
function isAboutName({ code, details }: SignalingError | RestError): boolean {
  return code === 'bad_request' && (details as [{ path?: unknown }?] | undefined)?.[0]?.path === 'name'
}

const JOIN_REASONS: Partial<Record<SignalingErrorCode | RestErrorCode, JoinErrorReason>> = {
  meeting_not_found: 'meeting_not_found',
  not_found: 'meeting_not_found',
  room_full: 'room_full',
  sign_in_required: 'sign_in_required',
  not_invited: 'not_invited',
  not_open_yet: 'not_open_yet',
  meeting_ended: 'meeting_ended',
  password_required: 'password_required',
  wrong_password: 'wrong_password',
  meeting_locked: 'meeting_locked',
  waiting_room: 'waiting_room',
  invitation_in_use: 'invitation_in_use',
  too_many_from_network: 'too_many_from_network',
  banned: 'banned',
  removed: 'removed',
  unauthorized: 'sign_in_required',
  version_mismatch: 'version_mismatch',
  rate_limited: 'rate_limited',
  media_unavailable: 'media_unavailable',
  unsupported_media: 'unsupported_browser',
  unavailable: 'unreachable',
  timeout: 'unreachable',
  network: 'unreachable',
  disconnected: 'unreachable',
  closed: 'aborted',
}

/**
 * The server's error codes, and: `closed`, this side was closed; `disconnected`, the connection was lost before the
 * reply came; `malformed`, the reply breaks the contract.
 */
export type SignalingErrorCode = ErrorCode | 'closed' | 'disconnected' | 'malformed'

/** A request over the socket failed. */
export class SignalingError extends Error {
  override readonly name = 'SignalingError'
  readonly code: SignalingErrorCode
  /** What the server says besides; its shape depends on the code. */
  readonly details: unknown

  constructor(code: SignalingErrorCode, message: string, options: ErrorOptions & { details?: unknown } = {}) {
    super(message, options)
    this.code = code
    this.details = options.details
  }

  static timeout(request: string): SignalingError {
    return new SignalingError('timeout', `No reply to ${request} in time.`)
  }

  static tooLarge(request: string): SignalingError {
    return new SignalingError('payload_too_large', `The message of ${request} is too large to be sent.`)
  }

  static closed(): SignalingError {
    return new SignalingError('closed', 'The connection was closed.')
  }

  static disconnected(request: string): SignalingError {
    return new SignalingError('disconnected', `The connection was lost before the reply to ${request} came.`)
  }

  static malformed(request: string, cause: unknown): SignalingError {
    return new SignalingError('malformed', `The reply to ${request} breaks the contract.`, { cause })
  }
}

/** Whether a request failed for nothing but a lost connection, which is told and mended elsewhere. */
export function isDisconnected(error: unknown): boolean {
  return error instanceof SignalingError && error.code === 'disconnected'
}

/** The server's error codes, and: `network`, nothing answered; `malformed`, the answer breaks the contract. */
export type RestErrorCode = ErrorCode | 'network' | 'malformed'

interface RestErrorOptions {
  readonly code: RestErrorCode
  readonly status: number
  readonly details?: unknown
  readonly requestId?: string | undefined
  readonly cause?: unknown
}

/** A REST call failed. */
export class RestError extends Error {
  override readonly name = 'RestError'
  readonly code: RestErrorCode
  /** HTTP status; 0 when nothing answered. */
  readonly status: number
  /** What the server says besides, such as which field is wrong; its shape depends on the code. */
  readonly details: unknown
  /** Finds the call in the server's log. */
  readonly requestId: string | undefined

  constructor(message: string, options: RestErrorOptions) {
    super(message, { cause: options.cause })
    this.code = options.code
    this.status = options.status
    this.details = options.details
    this.requestId = options.requestId
  }
}

/** Why a device or screen could not be captured. */
export type CaptureErrorReason =
  | 'permission_denied'
  | 'no_device'
  | 'device_busy'
  | 'cancelled'
  | 'insecure_context'
  | 'unsupported'
  | 'no_web_audio'
  | 'unknown'

/** A microphone, camera or screen could not be captured. */
export class CaptureError extends Error {
  override readonly name = 'CaptureError'
  readonly reason: CaptureErrorReason

  constructor(reason: CaptureErrorReason, message: string, options?: ErrorOptions) {
    super(message, options)
    this.reason = reason
  }

  static insecureContext(): CaptureError {
    return new CaptureError('insecure_context', 'Devices can be used on https pages only.')
  }

  static unsupported(): CaptureError {
    return new CaptureError('unsupported', 'This browser cannot capture that.')
  }

  static noWebAudio(): CaptureError {
    return new CaptureError('no_web_audio', 'This browser has no Web Audio, or blocks it.')
  }

  static cancelled(cause?: unknown): CaptureError {
    return new CaptureError('cancelled', 'The person closed the picker.', { cause })
  }
}
