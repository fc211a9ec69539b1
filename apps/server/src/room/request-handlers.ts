import {
  capabilityOf,
  featureContracts,
  type contracts,
  type FeatureName,
  type ParticipantId,
  reaches,
  type RequestHandlers,
  type RequestName,
  type TrackSource,
} from '@video-meet/protocol'
import { AppError } from '../platform/errors.ts'
import type { Connection } from '../signaling/connection.ts'
import type { Handle } from '../signaling/dispatch.ts'
import { mediaRequests } from './media-requests.ts'
import type { RequestAccess } from './permissions.ts'
import type { RoomGateway, Seat } from './room-gateway.ts'

type SeatHandle = (seat: Seat, input: never) => unknown

/** A handler for every request: the core's by name, those of features through the feature at work in the room. */
export function createRequestHandlers(
  gateway: RoomGateway,
  policy: Readonly<Record<RequestName, RequestAccess>>,
): Readonly<Record<RequestName, Handle>> {
  const visitor: RequestHandlers<typeof contracts.room, Connection> = {
    'room.join': (connection, input) => gateway.join(connection, input),
    'room.leave': (connection, input) => {
      gateway.leave(connection, input)
      return {}
    },
    'room.check': () => ({}),
  }
  const ice: RequestHandlers<typeof contracts.ice, Connection> = {
    'ice.getServers': (connection) => gateway.iceServersFor(connection),
  }
  const seated: Record<string, SeatHandle> = { ...mediaRequests, ...featureRequests() }
  const handlers: Record<string, Handle> = { ...visitor, ...ice }
  for (const [name, handle] of Object.entries(seated)) {
    handlers[name] = (connection, input) => handle(gateway.seatOf(connection), input)
  }
  return guarded(handlers as Record<RequestName, Handle>, { gateway, policy })
}

interface Guard {
  readonly gateway: RoomGateway
  readonly policy: Readonly<Record<RequestName, RequestAccess>>
}

/** Asks the policy before every request, with what the server knows at that moment. */
function guarded(
  handlers: Record<RequestName, Handle>,
  { gateway, policy }: Guard,
): Record<RequestName, Handle> {
  const names = Object.keys(policy) as RequestName[]
  const entries = names.map((name): [RequestName, Handle] => {
    const handle = handlers[name]
    const access = policy[name]
    if (access.from === 'visitor') return [name, handle]
    return [
      name,
      (connection, input) => {
        assertMay(gateway.seatOf(connection), access, input)
        return handle(connection, input)
      },
    ]
  })
  return Object.fromEntries(entries) as Record<RequestName, Handle>
}

/** What of an input the policy looks at. */
interface Concerned {
  readonly source?: TrackSource
  readonly muted?: boolean
  readonly participantId?: ParticipantId | null
}

/** @throws {AppError} `forbidden`, `not_found` */
function assertMay({ room, peer }: Seat, { needs, subject }: RequestAccess, input: Concerned): void {
  if (needs === 'source' || needs === 'unmute') {
    const publishes = needs === 'source' || input.muted === false
    if (input.source && publishes) peer.assertMay(capabilityOf(input.source))
  } else if (needs) peer.assertMay(needs)
  if (subject === undefined || !input.participantId) return
  const other = room.peer(input.participantId)
  if (subject === 'anyone' || reaches(peer.role, other.role, subject)) return
  throw new AppError('forbidden', `${other.name} is out of your reach: their role is not below yours.`)
}

function featureRequests(): Record<string, SeatHandle> {
  const names = Object.keys(featureContracts) as FeatureName[]
  return Object.fromEntries(
    names.flatMap((feature) =>
      Object.keys(featureContracts[feature].requests).map((name) => [name, featureRequest(feature, name)]),
    ),
  )
}

function featureRequest(feature: FeatureName, name: string): SeatHandle {
  return ({ room, peer }, input) => {
    const handlers: Record<string, (member: typeof peer, input: never) => unknown> =
      room.features[feature].handlers
    return handlers[name]?.(peer, input)
  }
}
