import type { RequestHandlers, waitingContract } from '@video-meet/protocol'
import { AppError } from '../platform/errors.ts'
import { randomToken } from '../platform/secret-token.ts'
import type { Connection, WaitingMessages } from '../signaling/connection.ts'
import type { Handle } from '../signaling/dispatch.ts'
import type { Door, Knock } from './admission.ts'
import { WAITING_POLICY } from './permissions.ts'
import type { WaitingRooms } from './waiting-rooms.ts'

type Waiting = Connection<WaitingMessages>
type Handlers = RequestHandlers<typeof waitingContract, Waiting>

export interface LobbyGatewayOptions {
  readonly door: Pick<Door, 'receive'>
  readonly waitingRooms: WaitingRooms
}

/** All that people in the waiting room can ask for. They are in no room and have no media. */
export class LobbyGateway {
  readonly #options: LobbyGatewayOptions
  readonly #knocking = new WeakSet<Waiting>()
  /** Connections whose end is listened for. */
  readonly #followed = new WeakSet<Waiting>()

  constructor(options: LobbyGatewayOptions) {
    this.#options = options
  }

  /** Whether somebody waits at the other end of this connection. */
  isWaiting(connection: Waiting): boolean {
    return this.#options.waitingRooms.isWaiting(connection)
  }

  handlers(): Readonly<Record<keyof Handlers, Handle<WaitingMessages>>> {
    const { waitingRooms } = this.#options
    const handlers: Handlers = {
      'waiting.knock': (connection, input) => this.#knock(connection, input),
      'waiting.rename': (connection, { name }) => {
        waitingRooms.rename(connection, name)
        return {}
      },
      'waiting.remind': (connection) => {
        waitingRooms.remind(connection)
        return {}
      },
      'waiting.leave': (connection) => {
        waitingRooms.gone(connection, { mayReturn: false })
        return {}
      },
    }
    const guarded = Object.entries(handlers as Record<string, Handle<WaitingMessages>>).map(
      ([name, handle]): [string, Handle<WaitingMessages>] => [
        name,
        (connection, input) => {
          if (WAITING_POLICY[name as keyof Handlers] === 'waiting' && !this.isWaiting(connection))
            throw new AppError('not_joined', 'Knock first.')
          return handle(connection, input)
        },
      ],
    )
    return Object.fromEntries(guarded) as Record<keyof Handlers, Handle<WaitingMessages>>
  }

  async #knock(connection: Waiting, input: Knock) {
    if (this.isWaiting(connection) || this.#knocking.has(connection))
      throw new AppError('already_joined', 'You have knocked already.')
    this.#knocking.add(connection)
    try {
      return await this.#receive(connection, input)
    } finally {
      this.#knocking.delete(connection)
    }
  }

  async #receive(connection: Waiting, input: Knock) {
    const { door, waitingRooms } = this.#options
    const visitor = await door.receive(input, connection.address)
    if (connection.closed) throw new AppError('conflict', 'Your connection ended meanwhile.')
    const { guestToken } = visitor
    // It opens nothing: who need not wait now may have to at the moment of the join, or may have been removed.
    if (!visitor.mustWait) return { place: null, ticket: randomToken(), guestToken }
    const { address } = connection
    const place = waitingRooms.add(visitor, { connection, address, name: input.name })
    this.#follow(connection)
    return { place, ticket: null, guestToken }
  }

  /** Once, however often somebody leaves and knocks again. */
  #follow(connection: Waiting): void {
    if (this.#followed.has(connection)) return
    this.#followed.add(connection)
    connection.on('closed', () => this.#options.waitingRooms.gone(connection, { mayReturn: true }))
  }
}
