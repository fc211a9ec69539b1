import type { LinkSignal } from '@video-meet/protocol'
import { describe, expect, it } from 'vitest'
import { relayableSignal } from './link-signal.ts'

const candidates = (...all: string[]): LinkSignal => ({
  type: 'candidates',
  candidates: all.map((candidate) => ({ candidate, sdpMid: '0', sdpMLineIndex: 0 })),
})
const description = (sdp: string): LinkSignal => ({
  type: 'description',
  description: { type: 'offer', sdp },
})
const host = (address: string, port = 50_000) =>
  `candidate:842163049 1 udp 2122260223 ${address} ${port} typ host generation 0 ufrag x+/Y network-id 1`
const SDP = [
  'v=0',
  'o=- 46117317 2 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111',
  'c=IN IP4 0.0.0.0',
  'a=mid:0',
  '',
].join('\r\n')

const NEIGHBOR = host('192.168.1.7')

describe('relayableSignal with candidates', () => {
  it.each([
    ['at a private address', NEIGHBOR],
    ['at an mDNS name', host('4a1f3c1e-7b1a-4c1e-9f3e-0a4b5c6d7e8f.local')],
    ['at a global IPv6 address', host('2a00:1450:4001::7')],
    ['at a unique local IPv6 address', host('fd12:3456:789a::7')],
    [
      'that open TCP connections',
      'candidate:1 1 tcp 1518280447 192.168.1.7 9 typ host tcptype active generation 0',
    ],
    [
      'that STUN found',
      'candidate:1 1 udp 1686052607 203.0.113.7 50001 typ srflx raddr 192.168.1.7 rport 50000',
    ],
    ['of a relay', 'candidate:1 1 udp 41885439 198.51.100.7 49200 typ relay raddr 203.0.113.7 rport 50001'],
    ['that mark the end', ''],
  ])('keeps those %s', (_, candidate) => {
    expect(relayableSignal(candidates(candidate))).toEqual(candidates(candidate))
  })

  it.each([
    ['loopback', '127.0.0.1'],
    ['IPv6 loopback', '::1'],
    ['unspecified', '0.0.0.0'],
    ['cloud metadata', '169.254.169.254'],
    ['shared address space', '100.100.100.200'],
    ['Azure platform services', '168.63.129.16'],
    ['IETF protocol assignments', '192.0.0.192'],
    ['benchmarks', '198.18.0.1'],
    ['multicast', '239.1.1.1'],
    ['broadcast', '255.255.255.255'],
    ['IPv6 link-local', 'fe80::1'],
    ['IPv6 multicast', 'ff02::fb'],
    ['IPv4-mapped loopback', '::ffff:127.0.0.1'],
    ['IPv4-mapped loopback in hexadecimal', '::ffff:7f00:1'],
    ['IPv4-mapped private', '::ffff:10.0.0.1'],
    ['IPv4-compatible', '::127.0.0.1'],
    ['NAT64', '64:ff9b::a9fe:a9fe'],
    ['NAT64 with a dotted address', '64:ff9b::169.254.169.254'],
    ['local NAT64', '64:ff9b:1::a9fe:a9fe'],
    ['6to4', '2002:7f00:1::'],
    ['Teredo', '2001:0:7f00:1::'],
    ['site-local', 'fec0::1'],
    ['AWS metadata', 'fd00:ec2::254'],
    ['AWS metadata written out', 'fd00:0ec2:0:0:0:0:0:254'],
    ['Google Cloud metadata', 'fd20:ce::254'],
  ])('drops a %s address and keeps the others', (_, address) => {
    expect(relayableSignal(candidates(NEIGHBOR, host(address)))).toEqual(candidates(NEIGHBOR))
    expect(relayableSignal(candidates(host(address)))).toBeNull()
  })

  it('drops candidates that listen for TCP connections', () => {
    const listening = 'candidate:1 1 tcp 1518280447 192.168.1.7 8080 typ host tcptype passive generation 0'
    expect(relayableSignal(candidates(listening))).toBeNull()
  })

  it.each([
    ['with a name that DNS knows', host('metadata.google.internal')],
    ['with a port above 65535', host('192.168.1.7', 70_000)],
    ['with port 0', host('192.168.1.7', 0)],
    ['with half an address', host('192.168.1')],
    ['of an unknown type', NEIGHBOR.replace('typ host', 'typ any')],
    ['over another transport', NEIGHBOR.replace(' udp ', ' sctp ')],
    ['with another line', `${NEIGHBOR}\r\na=candidate:evil`],
    ['with another candidate', `${NEIGHBOR} typ host`],
    ['that are something else', 'hello'],
  ])('refuses those %s', (_, candidate) => {
    expect(() => relayableSignal(candidates(NEIGHBOR, candidate))).toThrow("isn't a candidate")
  })
})

describe('relayableSignal with a description', () => {
  it('keeps SDP as it is', () => {
    const sdp = `${SDP}a=${NEIGHBOR}\r\n`
    expect(relayableSignal(description(sdp))).toEqual(description(sdp))
  })

  it('leaves out candidates at addresses where no participant is', () => {
    const sdp = `${SDP}a=${host('64:ff9b::a9fe:a9fe')}\r\na=${NEIGHBOR}\r\n`
    expect(relayableSignal(description(sdp))).toEqual(description(`${SDP}a=${NEIGHBOR}\r\n`))
  })

  it('replaces default addresses where no participant is and leaves out remote candidates', () => {
    const sdp = SDP.replace(
      'c=IN IP4 0.0.0.0',
      'c=IN IP4 169.254.169.254\r\na=rtcp:80 IN IP6 fd00:ec2::254\r\na=remote-candidates:1 127.0.0.1 80',
    )
    const expected = SDP.replace('c=IN IP4 0.0.0.0', 'c=IN IP4 0.0.0.0\r\na=rtcp:80 IN IP4 0.0.0.0')
    expect(relayableSignal(description(sdp))).toEqual(description(expected))
  })

  it.each([
    ['without a version', SDP.replace('v=0\r\n', '')],
    ['without media', SDP.replace(/m=.*\r\n/, '')],
    ['with too much media', SDP + 'm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n'.repeat(8)],
    ['with too many lines', SDP + 'a=x\r\n'.repeat(500)],
    ['with too many candidates', SDP + `a=${NEIGHBOR}\r\n`.repeat(41)],
    ['with a line that is not SDP', `${SDP}hello\r\n`],
    ['with bytes that no browser writes', `${SDP}a=\u0000\r\n`],
    ['that is empty', ''],
  ])('refuses one %s', (_, sdp) => {
    expect(() => relayableSignal(description(sdp))).toThrow("isn't a description")
  })
})
