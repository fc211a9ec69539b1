import * as z from 'zod/mini'
import { textOf } from './shapes.ts'

/** Id of the durable meeting record. */
export const MeetingId = z.uuid().brand<'MeetingId'>()
export type MeetingId = z.infer<typeof MeetingId>

/** Id of one person in a room. Stays the same across reconnects and reloads of the same tab. */
export const ParticipantId = z.uuid().brand<'ParticipantId'>()
export type ParticipantId = z.infer<typeof ParticipantId>

/** Id of one client's pair of transports on the server; a new pair has a new id. */
export const MediaSessionId = z.uuid().brand<'MediaSessionId'>()
export type MediaSessionId = z.infer<typeof MediaSessionId>

/** mediasoup's ids, opaque to everyone but the SFU. */
const MediasoupId = textOf(1, 64)
export const TransportId = MediasoupId.brand<'TransportId'>()
export type TransportId = z.infer<typeof TransportId>
export const ProducerId = MediasoupId.brand<'ProducerId'>()
export type ProducerId = z.infer<typeof ProducerId>
export const ConsumerId = MediasoupId.brand<'ConsumerId'>()
export type ConsumerId = z.infer<typeof ConsumerId>
