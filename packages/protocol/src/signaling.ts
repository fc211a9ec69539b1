import * as z from 'zod/mini'
import { ErrorBody } from './error-code.ts'
import { textOf } from './shapes.ts'

/*
 * The socket carries two events:
 *   client → server   request(name, input, requestId, acknowledge(reply))
 *   server → client   notification(name, payload)
 */

/** Identifies a request across retries: the server answers a repeated id from memory instead of acting twice. */
export const RequestId = textOf(8, 64)

/** Payload of the socket's handshake. */
export const Handshake = z.object({ protocolVersion: z.int() })
export type Handshake = z.infer<typeof Handshake>

/** Answer to every request; `data` is checked against the output of the request's contract. */
export const Reply = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), data: z.unknown() }),
  z.object({ ok: z.literal(false), error: ErrorBody }),
])
export type Reply = z.infer<typeof Reply>

/** Largest message that a client may send, in bytes. */
export const MAX_MESSAGE_BYTES = 65_536
