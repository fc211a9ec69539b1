/**
 * Version of the signaling protocol. Client and server must agree on it exactly; it goes up whenever a shape is
 * removed or narrowed. Adding an optional field does not change it.
 */
export const PROTOCOL_VERSION = 2

/** Socket.IO namespace in which people in a meeting talk to the server. */
export const MEETING_NAMESPACE = '/meeting'

/** Namespace of those who wait to be let in: they are told nothing of the meeting. */
export const LOBBY_NAMESPACE = '/lobby'

/** Namespace of those who test their connection: nothing of any meeting is in it. */
export const CHECK_NAMESPACE = '/check'
