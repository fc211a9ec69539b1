import { randomUUID } from 'node:crypto'
import { DEFAULT_POLICY, MeetingId, ParticipantId } from '@video-meet/protocol'
import { describe, expect, it, vi } from 'vitest'
import { Emitter } from '../platform/emitter.ts'
import { createLogger } from '../platform/logger.ts'
import { CallState } from '../room/call-state.ts'
import { Peer } from '../room/peer.ts'
import { dismissSignedOut } from './signed-out.ts'

const MEETING = MeetingId.parse(randomUUID())

/** Sessions that are there until they are revoked. */
class KnownSessions extends Emitter<{ revoked: [sessionIds: readonly string[]] }> {
  readonly known = new Set(['one', 'two'])
  failing = false

  async find(id: string): Promise<object | null> {
    if (this.failing) throw new Error('no database')
    return this.known.has(id) ? { id } : null
  }

  revoke(id: string): void {
    this.known.delete(id)
    this.emit('revoked', [id])
  }
}

function place() {
  const sessions = new KnownSessions()
  const seated: Peer[] = []
  const dismissed: Peer[] = []
  const room = {
    dismiss: (_how: object, isMeant: (peer: Peer) => boolean = () => true) => {
      for (const peer of seated.filter(isMeant)) {
        seated.splice(seated.indexOf(peer), 1)
        dismissed.push(peer)
      }
    },
  }
  const log = createLogger({ level: 'silent' })
  const { joined } = dismissSignedOut({ sessions, rooms: () => [room], log })
  const comeIn = (sessionId: string | null) => {
    const person = { key: 'user:1', userId: null, sessionId, role: 'participant', avatar: null } as const
    const peer = new Peer({
      id: ParticipantId.parse(randomUUID()),
      name: 'Ana',
      person,
      call: new CallState(DEFAULT_POLICY, null),
    })
    seated.push(peer)
    joined(MEETING, peer)
    return peer
  }
  return { sessions, seated, dismissed, comeIn, log }
}

describe('who is signed out', () => {
  it('is in no call any more, and nobody else has to go', async () => {
    const { sessions, seated, dismissed, comeIn } = place()
    const [ana, ben, guest] = [comeIn('one'), comeIn('two'), comeIn(null)]
    sessions.revoke('one')
    expect(dismissed).toEqual([ana])
    expect(seated).toEqual([ben, guest])
  })

  it('just as they come in does not stay', async () => {
    const { sessions, seated, dismissed, comeIn } = place()
    sessions.revoke('one')
    const late = comeIn('one')
    const [ben, guest] = [comeIn('two'), comeIn(null)]
    await expect.poll(() => dismissed).toEqual([late])
    expect(seated).toEqual([ben, guest])
  })

  it('is not to be known while the database fails: whoever was let in stays', async () => {
    const { sessions, seated, comeIn, log } = place()
    const logged = vi.spyOn(log, 'error')
    sessions.failing = true
    const ana = comeIn('one')
    await expect.poll(() => logged.mock.calls.length).toBe(1)
    expect(seated).toEqual([ana])
  })
})
