import { BlockList, isIP } from 'node:net'
import type { LinkSignal } from '@video-meet/protocol'
import { AppError } from '../platform/errors.ts'

/*
 * Signals between the ends of a direct link come from strangers and make browsers send packets, so the server relays
 * only what a browser would say, and only candidates at addresses where a participant can be.
 */

/** RFC 8839, with the mDNS names that browsers use in place of private addresses. */
const CANDIDATE =
  /^(?:a=)?candidate:[\w+/]{1,32} [1-2] (?<transport>udp|tcp) \d{1,10} (?<address>[\da-f:.]{2,45}|[\w-]{1,64}\.local) (?<port>\d{1,5}) typ (?:host|srflx|prflx|relay)(?<rest>(?: [\w.:+/-]{1,256}){0,24})$/i
const MAX_SDP_LINES = 500
const MAX_SDP_CANDIDATES = 40
const MAX_MEDIA = 8

/** IPv6 address types where participants can be. IPv4 addresses in the form of IPv6 aren't among them. */
const ALLOWED_IPV6 = blockList([
  '2000::/3', // global unicast
  'fc00::/7', // unique local
])

/** Ranges of IPv4 and of the allowed IPv6 types where no participant is. */
const DENIED = blockList([
  '0.0.0.0/8',
  '100.64.0.0/10', // shared address space, with the metadata service of Alibaba Cloud
  '127.0.0.0/8',
  '168.63.129.16/32', // Azure platform services
  '169.254.0.0/16', // link-local, with the metadata services of most clouds
  '192.0.0.0/24', // IETF protocols, with the metadata service of Oracle Cloud
  '192.88.99.0/24', // 6to4 relays
  '198.18.0.0/15', // benchmarks
  '224.0.0.0/3', // multicast, reserved, broadcast
  '2001::/23', // IETF protocols: Teredo, ORCHID
  '2002::/16', // 6to4, which embeds an IPv4 address
  'fd00:ec2::/32', // AWS metadata
  'fd20:ce::/32', // Google Cloud metadata
])

/**
 * The part of a signal that may reach the other end: candidates at other addresses are left out.
 *
 * @returns null when nothing is left
 * @throws {AppError} `bad_request` when it isn't what a browser says
 */
export function relayableSignal(signal: LinkSignal): LinkSignal | null {
  switch (signal.type) {
    case 'description': {
      const { type, sdp } = signal.description
      return { ...signal, description: { type, sdp: relayableSdp(sdp) } }
    }
    case 'candidates': {
      // An empty candidate says that there are no more.
      const kept = signal.candidates.filter(({ candidate }) => candidate === '' || isRelayable(candidate))
      return kept.length === 0 && signal.candidates.length > 0 ? null : { ...signal, candidates: kept }
    }
    case 'hello':
    case 'demand':
      return signal
  }
}

/** @throws {AppError} `bad_request` when the line isn't a candidate */
function isRelayable(candidate: string): boolean {
  const { transport = '', address = '', rest = '' } = partsOf(candidate)
  if (transport.toLowerCase() === 'tcp' && !opensConnections(rest)) return false
  return isMdnsName(address) || isRelayableAddress(address)
}

function partsOf(candidate: string): Readonly<Record<string, string | undefined>> {
  const parts = CANDIDATE.exec(candidate)?.groups
  const isCandidate =
    parts !== undefined &&
    (isMdnsName(parts['address']) || isIP(parts['address'] ?? '') !== 0) &&
    isPort(Number(parts['port'])) &&
    // Attributes may follow an address, but nothing that looks like another candidate.
    !/ typ /i.test(parts['rest'] ?? '')
  if (!isCandidate) throw new AppError('bad_request', "This isn't a candidate for a link.")
  return parts
}

function isMdnsName(address = ''): boolean {
  return /\.local$/i.test(address)
}

/** Browsers only offer to open TCP connections; a peer that listens could be any server. */
function opensConnections(attributes: string): boolean {
  return / tcptype active(?: |$)/i.test(attributes)
}

function isPort(port: number): boolean {
  return port >= 1 && port <= 65_535
}

function isRelayableAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !DENIED.check(address, 'ipv4')
    case 6:
      return ALLOWED_IPV6.check(address, 'ipv6') && !DENIED.check(address, 'ipv6')
    default:
      return false
  }
}

/** @throws {AppError} `bad_request` when it isn't a description of a browser */
function relayableSdp(sdp: string): string {
  const lines = sdp.split(/\r?\n/)
  const count = (prefix: string) => lines.filter((line) => line.startsWith(prefix)).length
  const isSdp =
    lines[0] === 'v=0' &&
    lines.length <= MAX_SDP_LINES &&
    count('m=') >= 1 &&
    count('m=') <= MAX_MEDIA &&
    count('a=candidate:') <= MAX_SDP_CANDIDATES &&
    lines.every((line) => line === '' || /^[a-z]=[\x20-\x7e]*$/.test(line))
  if (!isSdp) throw new AppError('bad_request', "This isn't a description of a link.")
  return lines
    .filter((line) => !/^a=remote-candidates:/i.test(line))
    .filter((line) => !/^a=candidate:/i.test(line) || isRelayable(line))
    .map(withoutDefaultAddress)
    .join('\r\n')
}

/** ICE ignores the default addresses in `c=` and `a=rtcp:`; a client that doesn't would send to any address there. */
function withoutDefaultAddress(line: string): string {
  const [, start, place = ''] = /^(c=|a=rtcp:\d{1,5} )(.*)$/i.exec(line) ?? []
  if (start === undefined || isRelayableAddress(/^IN IP[46] (\S+)$/.exec(place)?.[1] ?? '')) return line
  return `${start}IN IP4 0.0.0.0`
}

function blockList(networks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', prefix] = network.split('/')
    list.addSubnet(address, Number(prefix), isIP(address) === 4 ? 'ipv4' : 'ipv6')
  }
  return list
}
