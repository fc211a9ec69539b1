import type { Logger } from '../platform/logger.ts'
import type { RoomObserver } from '../room/room-options.ts'
import type { Room } from '../room/room.ts'

/** Sessions as far as calls depend on them. */
interface SessionsOfCalls {
  on(name: 'revoked', listener: (sessionIds: readonly string[]) => void): unknown
  find(id: string): Promise<object | null>
}

export interface SignedOutOptions {
  readonly sessions: SessionsOfCalls
  readonly rooms: () => readonly Pick<Room, 'dismiss'>[]
  readonly log: Logger
}

/**
 * Ends the stay of whoever is signed out, also when that happens just as they come in.
 *
 * @returns what has to hear of those who come in
 */
export function dismissSignedOut({ sessions, rooms, log }: SignedOutOptions): Pick<RoomObserver, 'joined'> {
  const dismiss = (ids: readonly string[]) => {
    for (const room of rooms())
      room.dismiss(
        { reason: 'signed_out' },
        ({ person }) => person.sessionId !== null && ids.includes(person.sessionId),
      )
  }
  sessions.on('revoked', dismiss)

  async function check(id: string): Promise<void> {
    if (!(await sessions.find(id))) dismiss([id])
  }
  return {
    joined(_meetingId, { person: { sessionId } }) {
      if (sessionId === null) return
      check(sessionId).catch((error: unknown) =>
        log.error({ err: error }, 'a session could not be looked at'),
      )
    },
  }
}
