import {
  featureContracts,
  type contracts,
  type FeatureName,
  type RequestHandlers,
  type RequestName,
} from '@video-meet/protocol'
import type { Connection } from '../signaling/connection.ts'
import type { Handle } from '../signaling/dispatch.ts'
import type { Principal } from './permissions.ts'
import type { RoomGateway, Seat } from './room-gateway.ts'
import { sfuRequests } from './sfu-requests.ts'

type SeatHandle = (seat: Seat, input: never) => unknown

/** A handler for every request: the core's by name, those of features through the feature at work in the room. */
export function createRequestHandlers(
  gateway: RoomGateway,
  policy: Readonly<Record<RequestName, Principal>>,
): Readonly<Record<RequestName, Handle>> {
  const visitor: RequestHandlers<typeof contracts.room, Connection> = {
    'room.join': (connection, input) => gateway.join(connection, input),
    'room.leave': (connection, input) => {
      gateway.leave(connection, input)
      return {}
    },
  }
  const seated: Record<string, SeatHandle> = { ...sfuRequests, ...featureRequests() }
  const handlers: Record<string, Handle> = { ...visitor }
  for (const [name, handle] of Object.entries(seated)) {
    handlers[name] = (connection, input) => handle(gateway.seatOf(connection), input)
  }
  return guarded(handlers as Record<RequestName, Handle>, { gateway, policy })
}

interface Guard {
  readonly gateway: RoomGateway
  readonly policy: Readonly<Record<RequestName, Principal>>
}

function guarded(
  handlers: Record<RequestName, Handle>,
  { gateway, policy }: Guard,
): Record<RequestName, Handle> {
  const names = Object.keys(policy) as RequestName[]
  const entries = names.map((name): [RequestName, Handle] => {
    const handle = handlers[name]
    if (policy[name] === 'visitor') return [name, handle]
    return [
      name,
      (connection, input) => {
        gateway.seatOf(connection)
        return handle(connection, input)
      },
    ]
  })
  return Object.fromEntries(entries) as Record<RequestName, Handle>
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
