import { type Contract, type Reply, type RequestContract, RequestId } from '@video-meet/protocol'
import '@video-meet/protocol/english'
import { storageFailure } from '../db/storage-failure.ts'
import { AppError, toErrorBody } from '../platform/errors.ts'
import type { Logger } from '../platform/logger.ts'
import type { Connection, MeetingMessages } from './connection.ts'

/** Answers a request whose input was checked; what it returns is checked again before it goes out. */
export type Handle<M extends Contract = MeetingMessages> = (
  connection: Connection<M>,
  input: never,
) => unknown

export interface DispatchOptions<M extends Contract> {
  /** By name, without a prototype: names come from the wire. */
  readonly requests: M['requests']
  readonly handlers: Readonly<Record<keyof M['requests'] & string, Handle<M>>>
  readonly log: Logger
}

/** A request as it came in: nothing about it is known yet. */
export interface IncomingRequest {
  readonly name: unknown
  readonly input: unknown
  readonly requestId: unknown
}

/** Acknowledges every request exactly once; never rejects. */
export type Dispatch<M extends Contract = MeetingMessages> = (
  connection: Connection<M>,
  request: IncomingRequest,
  acknowledge: (reply: Reply) => void,
) => Promise<void>

interface Known {
  readonly name: string
  readonly contract: RequestContract
}

/** Replies to these requests come before every notification that builds on them. */
const HOLD_NOTIFICATIONS: ReadonlySet<string> = new Set(['room.join', 'sfu.openSession', 'waiting.knock'])

/** The server's door: limit, parse, remember, handle, check the reply. */
export function createDispatch<M extends Contract>(options: DispatchOptions<M>): Dispatch<M> {
  const { log } = options
  const requests: Contract['requests'] = options.requests
  const handlers: Readonly<Record<string, Handle<M>>> = options.handlers

  async function answer(
    { contract, name }: Known,
    connection: Connection<M>,
    input: unknown,
  ): Promise<Reply> {
    const reply = await handlers[name]?.(connection, input as never)
    return { ok: true, data: contract.output.parse(reply) }
  }

  async function attempt(
    known: Known,
    connection: Connection<M>,
    { input, requestId }: { input: unknown; requestId: string },
  ): Promise<Reply> {
    const { name } = known
    try {
      return await answer(known, connection, input)
    } catch (thrown) {
      const error = storageFailure(thrown) ?? thrown
      if (error instanceof AppError && error.code === 'unavailable')
        log.warn({ name, err: error, requestId }, 'request failed')
      else if (error instanceof AppError) log.debug({ name, code: error.code, err: error }, 'request refused')
      else log.error({ name, err: error, requestId }, 'request failed')
      return { ok: false, error: toErrorBody(error, requestId) }
    }
  }

  function reply(known: Known, connection: Connection<M>, request: IncomingRequest): Promise<Reply> | Reply {
    const { contract, name } = known
    const seconds = connection.secondsUntilAllowed(name, contract.limit)
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
    const input = contract.input.safeParse(request.input)
    // Not remembered: it did nothing, and what is wrong about an input can be as long as the input.
    if (!input.success) return refusal(invalidInput(name, input.error), requestId.data)
    return connection.replies.once(requestId.data, () =>
      attempt(known, connection, { input: input.data, requestId: requestId.data }),
    )
  }

  return async (connection, request, acknowledge) => {
    const { name } = request
    const contract = typeof name === 'string' ? requests[name] : undefined
    if (typeof name !== 'string' || !contract) {
      acknowledge(refusal(new AppError('not_found', 'There is no such request.')))
      return
    }
    const holds = HOLD_NOTIFICATIONS.has(name)
    if (holds) connection.hold()
    acknowledge(await reply({ name, contract }, connection, request))
    if (holds) connection.release()
  }
}

function refusal(error: AppError, requestId?: string): Reply {
  return { ok: false, error: toErrorBody(error, requestId) }
}

interface Problem {
  readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]
}

function invalidInput(name: string, { issues }: Problem): AppError {
  const details = issues
    .slice(0, 5)
    .map(({ path, message }) => ({ path: path.map(String).join('.'), message }))
  return new AppError('bad_request', `The input of ${name} is not valid.`, { details })
}
