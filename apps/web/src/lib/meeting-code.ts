/** A door of its own, so that a page can load what reads codes without the rest of the protocol. */
export { parseMeetingCode } from '@video-meet/protocol'
