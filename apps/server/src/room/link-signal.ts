import { BlockList, isIP } from 'node:net'
import type { LinkSignal } from '@video-meet/protocol'
import { AppError } from '../platform/errors.ts'

/*
 * What clients tell each other to build links comes from strangers and makes browsers send packets: it is let through
 * only as what it should be.
 */

/** RFC 8839, with names of RFC 8828 in place of private addresses. */
const CANDIDATE =
  /^(?:a=)?candidate:[\w+/]{1,32} [1-2] (?<transport>udp|tcp) \d{1,10} (?<address>[\da-f:.]{2,45}|[\w-]{1,64}\.local) (?<port>\d{1,5}) typ (?:host|srflx|prflx|relay)(?<rest>(?: [\w.:+/-]{1,256}){0,24})$/i
const MAX_SDP_LINES = 500
const MAX_SDP_CANDIDATES = 40
const MAX_MEDIA = 8

/** Addresses at which nobody in a call is, but something else may be. */
const NOWHERE = new BlockList()
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['224.0.0.0', 3],
] as const)
  NOWHERE.addSubnet(network, prefix, 'ipv4')
for (const [network, prefix] of [
  ['::', 127],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  NOWHERE.addSubnet(network, prefix, 'ipv6')

/** @throws {AppError} `bad_request` when it is not what a browser says */
export function assertSignal(signal: LinkSignal): void {
  switch (signal.type) {
    case 'description':
      return assertSdp(signal.description.sdp)
    case 'candidates':
      // An empty one says that there are no more.
      for (const { candidate } of signal.candidates) if (candidate !== '') assertCandidate(candidate)
      return
    case 'hello':
    case 'demand':
  }
}

function assertCandidate(candidate: string): void {
  const { address = '', port, rest = '' } = CANDIDATE.exec(candidate)?.groups ?? {}
  const family = isIP(address)
  const isGood =
    address !== '' &&
    Number(port) >= 1 &&
    Number(port) <= 65_535 &&
    (family === 0 ? /\.local$/i.test(address) : !NOWHERE.check(address, family === 4 ? 'ipv4' : 'ipv6')) &&
    // A digest may follow an address; nothing that looks like more lines or another candidate.
    !/ typ /i.test(rest)
  if (!isGood) throw new AppError('bad_request', 'This is no candidate for a link.')
}

function assertSdp(sdp: string): void {
  const lines = sdp.split(/\r?\n/)
  const count = (prefix: string) => lines.filter((line) => line.startsWith(prefix)).length
  const isSdp =
    lines[0] === 'v=0' &&
    lines.length <= MAX_SDP_LINES &&
    count('m=') >= 1 &&
    count('m=') <= MAX_MEDIA &&
    count('a=candidate:') <= MAX_SDP_CANDIDATES &&
    lines.every((line) => line === '' || /^[a-z]=[\x20-\x7e]*$/.test(line))
  if (!isSdp) throw new AppError('bad_request', 'This is no description of a link.')
  for (const line of lines) if (line.startsWith('a=candidate:')) assertCandidate(line)
}
