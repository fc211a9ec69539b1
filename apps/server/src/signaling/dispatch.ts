import { isRequestName, type Reply, RequestId, type RequestName, requests } from '@video-meet/protocol'
import '@video-meet/protocol/english'
import { AppError, toErrorBody } from '../platform/errors.ts'
import type { Logger } from '../platform/logger.ts'
import type { Connection } from './connection.ts'

/** Answers a request whose input was checked; what it returns is checked again before it goes out. */
export type Handle = (connection: Connection, input: never) => unknown

export interface DispatchOptions {
  readonly handlers: Readonly<Record<RequestName, Handle>>
  readonly log: Logger
}

/** A request as it came in: nothing about it is known yet. */
export interface IncomingRequest {
  readonly name: unknown
  readonly input: unknown
  readonly requestId: unknown
}

/** Acknowledges every request exactly once; never rejects. */
export type Dispatch = (
  connection: Connection,
  request: IncomingRequest,
  acknowledge: (reply: Reply) => void,
) => Promise<void>

/** Replies to this request come before every notification that its effects cause. */
const HOLDS_NOTIFICATIONS: RequestName = 'room.join'

/** The server's door: limit, remember, parse, handle, check the reply. */
export function createDispatch({ handlers, log }: DispatchOptions): Dispatch {
  async function answer(connection: Connection, name: RequestName, input: unknown): Promise<Reply> {
    const { input: schema, output } = requests[name]
    const parsed = schema.safeParse(input)
    if (!parsed.success) {
      throw new AppError('bad_request', `The input of ${name} is not valid.`, {
        details: describe(parsed.error),
      })
    }
    const reply = await handlers[name](connection, parsed.data as never)
    return { ok: true, data: output.parse(reply) }
  }

  async function attempt(
    connection: Connection,
    name: RequestName,
    request: IncomingRequest,
  ): Promise<Reply> {
    try {
      return await answer(connection, name, request.input)
    } catch (error) {
      if (error instanceof AppError) log.debug({ name, code: error.code, err: error }, 'request refused')
      else log.error({ name, err: error, requestId: request.requestId }, 'request failed')
      return { ok: false, error: toErrorBody(error, String(request.requestId)) }
    }
  }

  function reply(
    connection: Connection,
    name: RequestName,
    request: IncomingRequest,
  ): Promise<Reply> | Reply {
    const seconds = connection.secondsUntilAllowed(name)
    if (seconds > 0) {
      return refusal('rate_limited', `Too many requests. Try again in ${seconds} s.`, {
        retryAfterSeconds: seconds,
      })
    }
    const requestId = RequestId.safeParse(request.requestId)
    if (!requestId.success) return refusal('bad_request', 'A request needs an id of 8 to 64 characters.')
    return connection.replies.once(requestId.data, () => attempt(connection, name, request))
  }

  return async (connection, request, acknowledge) => {
    const { name } = request
    if (typeof name !== 'string' || !isRequestName(name)) {
      acknowledge(refusal('not_found', 'There is no such request.'))
      return
    }
    if (name === HOLDS_NOTIFICATIONS) connection.hold()
    acknowledge(await reply(connection, name, request))
    if (name === HOLDS_NOTIFICATIONS) connection.release()
  }
}

function refusal(code: AppError['code'], message: string, details?: unknown): Reply {
  return { ok: false, error: toErrorBody(new AppError(code, message, { details })) }
}

interface Problem {
  readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]
}

function describe({ issues }: Problem): { path: string; message: string }[] {
  return issues.slice(0, 5).map(({ path, message }) => ({ path: path.map(String).join('.'), message }))
}
