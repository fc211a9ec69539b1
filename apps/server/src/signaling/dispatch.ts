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

/** Replies to these requests come before every notification that builds on them. */
const HOLD_NOTIFICATIONS: ReadonlySet<RequestName> = new Set<RequestName>(['room.join', 'sfu.openSession'])

/** The server's door: limit, parse, remember, handle, check the reply. */
export function createDispatch({ handlers, log }: DispatchOptions): Dispatch {
  async function answer(connection: Connection, name: RequestName, input: unknown): Promise<Reply> {
    const reply = await handlers[name](connection, input as never)
    return { ok: true, data: requests[name].output.parse(reply) }
  }

  async function attempt(
    connection: Connection,
    name: RequestName,
    { input, requestId }: { input: unknown; requestId: string },
  ): Promise<Reply> {
    try {
      return await answer(connection, name, input)
    } catch (error) {
      if (error instanceof AppError) log.debug({ name, code: error.code, err: error }, 'request refused')
      else log.error({ name, err: error, requestId }, 'request failed')
      return { ok: false, error: toErrorBody(error, requestId) }
    }
  }

  function reply(
    connection: Connection,
    name: RequestName,
    request: IncomingRequest,
  ): Promise<Reply> | Reply {
    const seconds = connection.secondsUntilAllowed(name)
    if (seconds > 0) {
      return refusal(
        new AppError('rate_limited', `Too many requests. Try again in ${seconds} s.`, {
          details: { retryAfterSeconds: seconds },
        }),
      )
    }
    const requestId = RequestId.safeParse(request.requestId)
    if (!requestId.success) {
      return refusal(new AppError('bad_request', 'A request needs an id of 8 to 64 characters.'))
    }
    const input = requests[name].input.safeParse(request.input)
    // Not remembered: it did nothing, and what is wrong about an input can be as long as the input.
    if (!input.success) return refusal(invalidInput(name, input.error), requestId.data)
    return connection.replies.once(requestId.data, () =>
      attempt(connection, name, { input: input.data, requestId: requestId.data }),
    )
  }

  return async (connection, request, acknowledge) => {
    const { name } = request
    if (typeof name !== 'string' || !isRequestName(name)) {
      acknowledge(refusal(new AppError('not_found', 'There is no such request.')))
      return
    }
    const holds = HOLD_NOTIFICATIONS.has(name)
    if (holds) connection.hold()
    acknowledge(await reply(connection, name, request))
    if (holds) connection.release()
  }
}

function refusal(error: AppError, requestId?: string): Reply {
  return { ok: false, error: toErrorBody(error, requestId) }
}

interface Problem {
  readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]
}

function invalidInput(name: RequestName, { issues }: Problem): AppError {
  const details = issues
    .slice(0, 5)
    .map(({ path, message }) => ({ path: path.map(String).join('.'), message }))
  return new AppError('bad_request', `The input of ${name} is not valid.`, { details })
}
