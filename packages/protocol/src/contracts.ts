import type * as z from 'zod/mini'
import { type FeatureContracts, featureContracts } from './feature-contracts.ts'
import { iceContract } from './ice-servers.ts'
import { roomContract } from './room.ts'
import { sfuContract } from './sfu.ts'
import { linkContract, topologyContract } from './topology.ts'
import { trackContract } from './track.ts'
import { codecContract } from './video-codec.ts'

/** Every contract of the socket: the core's, and those of the list of features. */
export const contracts = {
  room: roomContract,
  track: trackContract,
  sfu: sfuContract,
  topology: topologyContract,
  link: linkContract,
  ice: iceContract,
  codecs: codecContract,
  ...featureContracts,
} as const

type AllContracts = typeof contracts
type Merged<Part extends 'requests' | 'notifications'> = {
  [C in keyof AllContracts]: (part: AllContracts[C][Part]) => void
}[keyof AllContracts] extends (part: infer All) => void
  ? All
  : never

export type Requests = Merged<'requests'>
export type Notifications = Merged<'notifications'>
export type RequestName = keyof Requests
export type NotificationName = keyof Notifications

/** What a client passes to a request, what the server's handler sees of it, and what the client gets back. */
export type RequestInput<N extends RequestName> = z.input<Requests[N]['input']>
export type ParsedInput<N extends RequestName> = z.output<Requests[N]['input']>
export type RequestOutput<N extends RequestName> = z.output<Requests[N]['output']>
export type NotificationPayload<N extends NotificationName> = z.output<Notifications[N]>

function merged(part: 'requests' | 'notifications'): object {
  return Object.assign(Object.create(null), ...Object.values(contracts).map((contract) => contract[part]))
}

/** Every request by name; has no prototype, so a name from the wire can be looked up as it is. */
export const requests = merged('requests') as Requests
/** Every notification by name; has no prototype. */
export const notifications = merged('notifications') as Notifications

export function isRequestName(name: string): name is RequestName {
  return name in requests
}

export function isNotificationName(name: string): name is NotificationName {
  return name in notifications
}

export type { FeatureContracts }
