import { randomUUID } from 'node:crypto'
import { DEFAULT_POLICY, MeetingCode, MeetingId, ParticipantId, type RoomRole } from '@video-meet/protocol'
import { createLogger } from '../../src/platform/logger.ts'
import { CallState } from '../../src/room/call-state.ts'
import { Peer } from '../../src/room/peer.ts'
import type { RoomContext } from '../../src/room/room-feature.ts'

const MEETING = {
  id: MeetingId.parse(randomUUID()),
  code: MeetingCode.parse('abcd-efghjk-mnpq'),
  title: 'Planning',
  policy: DEFAULT_POLICY,
  call: null,
}

/** Somebody in a room, without a connection. */
export function createMember(
  call = new CallState(DEFAULT_POLICY, null),
  { name = 'Ana', role = 'participant' }: { readonly name?: string; readonly role?: RoomRole } = {},
): Peer {
  const key = `guest:${randomUUID()}`
  const person = { key, userId: null, sessionId: null, role, avatar: null }
  return new Peer({ id: ParticipantId.parse(randomUUID()), name, person, call })
}

/** A room with nobody in it, for a feature by itself. */
export function createRoomContext(): RoomContext {
  return {
    meeting: MEETING,
    call: new CallState(DEFAULT_POLICY, null),
    topology: () => ({ epoch: 0, mode: 'direct', reason: 'few_people', settled: true }),
    broadcast: () => undefined,
    members: () => [],
    member: () => {
      throw new Error('nobody is here')
    },
    stop: async () => undefined,
    dismiss: () => undefined,
    on: () => () => undefined,
    record: () => undefined,
    log: createLogger({ level: 'silent' }),
  }
}
