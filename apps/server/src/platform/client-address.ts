import type { IncomingMessage } from 'node:http'
import { isIP, isIPv6 } from 'node:net'

/**
 * The address a request came from, seen past `hops` reverse proxies. Each proxy appends the address it was reached
 * from to `X-Forwarded-For`, so only the last `hops` entries are believed: what a client writes there itself stands
 * further left and is never read.
 */
export function clientAddress(request: IncomingMessage, hops: number): string {
  let address = bareAddress(request.socket.remoteAddress ?? '') ?? 'unknown'
  if (hops === 0) return address
  const forwarded = [request.headers['x-forwarded-for'] ?? []].flat().join(',').split(',')
  for (const entry of forwarded.slice(-hops).reverse()) {
    const next = bareAddress(entry.trim())
    if (next === undefined) return address
    address = next
  }
  return address
}

/** What a limit counts by: an IPv4 address, or the /64 of an IPv6 address, which is one customer's to fill. */
export function addressBlock(address: string): string {
  if (!isIPv6(address)) return address
  const [head = '', tail] = address.split('%', 1).join().split('::')
  const groups = head === '' ? [] : head.split(':')
  const rest = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros =
    tail === undefined ? [] : Array<string>(Math.max(0, 8 - groups.length - rest.length)).fill('0')
  const network = [...groups, ...zeros, ...rest]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
  return `${network.join(':')}::/64`
}

/** Without port, brackets and the IPv6 dress of an IPv4 address; `undefined` when it is no IP address. */
function bareAddress(text: string): string | undefined {
  const unwrapped = /^\[(.+)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text
  const address = unwrapped.replace(/^::ffff:(?=[\d.]+$)/i, '')
  return isIP(address) === 0 ? undefined : address
}
