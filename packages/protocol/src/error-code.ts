import * as z from 'zod/mini'

/** Every machine-readable error of REST and signaling, with the HTTP status that REST answers it with. */
const HTTP_STATUS = {
  bad_request: 400,
  unauthorized: 401,
  wrong_credentials: 401,
  forbidden: 403,
  email_unverified: 403,
  sign_in_required: 403,
  recent_sign_in_required: 403,
  not_invited: 403,
  password_required: 403,
  wrong_password: 403,
  wrong_code: 403,
  banned: 403,
  removed: 403,
  not_found: 404,
  meeting_not_found: 404,
  token_invalid: 404,
  method_not_allowed: 405,
  conflict: 409,
  not_joined: 409,
  already_joined: 409,
  room_full: 409,
  not_open_yet: 409,
  meeting_ended: 409,
  meeting_locked: 409,
  waiting_room: 409,
  invitation_in_use: 409,
  too_many_from_network: 409,
  version_changed: 412,
  payload_too_large: 413,
  unsupported_content_type: 415,
  unsupported_media: 422,
  weak_password: 422,
  version_mismatch: 426,
  rate_limited: 429,
  internal: 500,
  media_unavailable: 503,
  unavailable: 503,
  timeout: 504,
} as const

export type ErrorCode = keyof typeof HTTP_STATUS

export const ErrorCode = z.enum(Object.keys(HTTP_STATUS) as [ErrorCode, ...ErrorCode[]])

/** HTTP status that belongs to `code`. */
export function httpStatus(code: ErrorCode): number {
  return HTTP_STATUS[code]
}

/** What went wrong, for a program (`code`) and for a person (`message`, English, safe to show). */
export const ErrorBody = z.object({
  code: ErrorCode,
  message: z.string(),
  details: z.optional(z.unknown()),
  requestId: z.optional(z.string()),
})
export type ErrorBody = z.infer<typeof ErrorBody>
