import { isIP } from 'node:net'

/*
 * Addresses of STUN and TURN servers as browsers read them (RFC 7064, RFC 7065). One that a browser does not read makes
 * every call fail that has it in its list, so nothing else may come through.
 */

const MAX_PORT = 65_535
const HOST_NAME = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i

/** `stun:host`, `stuns:host:port`. */
export function isStunUrl(text: string): boolean {
  const [, place] = /^stuns?:([^?]+)$/i.exec(text) ?? []
  return place !== undefined && isPlace(place)
}

/** `turn:host`, `turns:host:port?transport=tcp`. */
export function isTurnUrl(text: string): boolean {
  const [, place] = /^turns?:([^?]+)(?:\?transport=(?:udp|tcp))?$/i.exec(text) ?? []
  return place !== undefined && isPlace(place)
}

/** A host and perhaps a port; an IPv6 address stands in brackets. */
function isPlace(text: string): boolean {
  const [, address, name = '', port] = /^(?:\[([^\]]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/.exec(text) ?? []
  if (port !== undefined && (Number(port) === 0 || Number(port) > MAX_PORT)) return false
  if (address !== undefined) return isIP(address) === 6
  // What ends in a number is an IPv4 address, or nothing.
  return /(^|\.)\d+$/.test(name) ? isIP(name) === 4 : HOST_NAME.test(name)
}
