import { randomUUID } from 'node:crypto'
import { DEFAULT_POLICY, type ParticipantId, type RoomRole } from '@video-meet/protocol'
import { Emitter } from '../../src/platform/emitter.ts'
import { AppError } from '../../src/platform/errors.ts'
import { CallState } from '../../src/room/call-state.ts'
import type { Peer } from '../../src/room/peer.ts'
import type { Act, MemberEvents, RoomContext } from '../../src/room/room-feature.ts'
import type { Dismissal } from '../../src/room/room.ts'
import { Connection } from '../../src/signaling/connection.ts'
import { createMember, createRoomContext } from './room-context.ts'

class MemberEmitter extends Emitter<MemberEvents> {
  override emit<N extends keyof MemberEvents>(name: N, ...args: MemberEvents[N]): void {
    super.emit(name, ...args)
  }
}

/** A room with people in it for a feature by itself: what they are told, and what goes on record, is remembered. */
export interface FeatureRoom {
  readonly context: RoomContext
  /** Somebody comes in. */
  readonly enter: (name: string, role?: RoomRole) => Peer
  readonly leave: (peer: Peer) => void
  /** Their connection is lost. */
  readonly lose: (peer: Peer) => void
  /** The room says that something about them has changed. */
  readonly change: (peer: Peer) => void
  /** The room says that something else has happened. */
  readonly happen: <N extends keyof MemberEvents>(name: N, ...values: MemberEvents[N]) => void
  /** Everything that somebody was told, in order. */
  readonly toldTo: (peer: Peer) => readonly { readonly name: string; readonly payload: unknown }[]
  /** What went on record: the action, by whom, upon whom. */
  readonly acts: readonly Act[]
  readonly stopped: readonly string[]
  readonly dismissed: readonly (Dismissal & { readonly name: string })[]
}

export function openFeatureRoom(): FeatureRoom {
  const call = new CallState(DEFAULT_POLICY, null)
  const events = new MemberEmitter()
  const peers: Peer[] = []
  const told = new Map<ParticipantId, { name: string; payload: unknown }[]>()
  const acts: Act[] = []
  const stopped: string[] = []
  const dismissed: (Dismissal & { name: string })[] = []
  const member = (id: ParticipantId) => {
    const found = peers.find((peer) => peer.id === id)
    if (!found) throw new AppError('not_found', 'This person is not in the meeting any more.')
    return found
  }
  const leave = (peer: Peer) => {
    peers.splice(peers.indexOf(peer), 1)
    peer.close()
    events.emit('left', peer)
  }
  return {
    context: {
      ...createRoomContext(),
      call,
      broadcast(name, payload, { except, to = () => true } = {}) {
        for (const peer of peers) if (peer.id !== except && to(peer)) peer.notify(name, payload)
      },
      members: () => [...peers],
      member,
      stop: async (id, source) => void stopped.push(`${source} of ${member(id).name}`),
      dismiss(id, how) {
        const peer = member(id)
        dismissed.push({ name: peer.name, ...how })
        leave(peer)
      },
      on: events.on.bind(events),
      record: (act) => void acts.push(act),
    },
    enter(name, role) {
      const peer = createMember(call, { name, ...(role && { role }) })
      const heard: { name: string; payload: unknown }[] = []
      told.set(peer.id, heard)
      const connection = new Connection(randomUUID(), {
        address: '203.0.113.7',
        send: (sent, payload) => void heard.push({ name: sent, payload: structuredClone(payload) }),
        close: () => undefined,
      })
      peer.attach(connection, { serial: 1, lost: () => undefined })
      peers.push(peer)
      return peer
    },
    leave,
    lose: (peer) => peer.detach(120_000, () => undefined),
    change: (peer) => events.emit('changed', peer),
    happen: (name, ...values) => events.emit(name, ...values),
    toldTo: ({ id }) => told.get(id) ?? [],
    acts,
    stopped,
    dismissed,
  }
}
