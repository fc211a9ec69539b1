import type { LinkSignal } from '@video-meet/protocol'
import { describe, expect, it } from 'vitest'
import { assertSignal } from './link-signal.ts'

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

describe('candidates', () => {
  it.each([
    ['of a browser', host('192.168.1.7')],
    ['with a name in place of the address', host('4a1f3c1e-7b1a-4c1e-9f3e-0a4b5c6d7e8f.local')],
    ['with IPv6', host('2001:db8::7')],
    ['over TCP', 'candidate:1 1 tcp 1518280447 192.168.1.7 9 typ host tcptype active generation 0'],
    [
      'as STUN showed it',
      'candidate:1 1 udp 1686052607 203.0.113.7 50001 typ srflx raddr 192.168.1.7 rport 50000',
    ],
    ['of a relay', 'candidate:1 1 udp 41885439 198.51.100.7 49200 typ relay raddr 203.0.113.7 rport 50001'],
    ['that say there are no more', ''],
  ])('%s pass', (_, candidate) => {
    expect(() => assertSignal(candidates(candidate))).not.toThrow()
  })

  it.each([
    ['of this machine', host('127.0.0.1')],
    ['of this machine in IPv6', host('::1')],
    ['of nowhere', host('0.0.0.0')],
    ['where clouds keep their secrets', host('169.254.169.254')],
    ['of a group', host('239.1.1.1')],
    ['of everyone', host('255.255.255.255')],
    ['of the link alone', host('fe80::1')],
    ['of a group in IPv6', host('ff02::fb')],
    ['of this machine in disguise', host('::ffff:127.0.0.1')],
    ['with a name that DNS knows', host('metadata.google.internal')],
    ['with a port that is none', host('192.168.1.7', 70_000)],
    ['with port 0', host('192.168.1.7', 0)],
    ['with a half address', host('192.168.1')],
    ['of an unknown type', host('192.168.1.7').replace('typ host', 'typ any')],
    ['over something else', host('192.168.1.7').replace(' udp ', ' sctp ')],
    ['with another line', `${host('192.168.1.7')}\r\na=candidate:evil`],
    ['with another candidate', `${host('192.168.1.7')} typ host`],
    ['that are something else', 'hello'],
  ])('%s do not', (_, candidate) => {
    expect(() => assertSignal(candidates(host('192.168.1.7'), candidate))).toThrow('no candidate')
  })
})

describe('descriptions', () => {
  it('pass when they are SDP, with the candidates in them looked at too', () => {
    expect(() => assertSignal(description(SDP))).not.toThrow()
    expect(() => assertSignal(description(`${SDP}a=${host('192.168.1.7')}\r\n`))).not.toThrow()
    expect(() => assertSignal(description(`${SDP}a=${host('127.0.0.1')}\r\n`))).toThrow('no candidate')
  })

  it.each([
    ['without a version', SDP.replace('v=0\r\n', '')],
    ['without media', SDP.replace(/m=.*\r\n/, '')],
    ['with too much media', SDP + 'm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n'.repeat(8)],
    ['with too many lines', SDP + 'a=x\r\n'.repeat(500)],
    ['with too many candidates', SDP + `a=${host('192.168.1.7')}\r\n`.repeat(41)],
    ['with what is no line of SDP', `${SDP}hello\r\n`],
    ['with bytes that no browser writes', `${SDP}a=\u0000\r\n`],
    ['that are empty', ''],
  ])('%s do not', (_, sdp) => {
    expect(() => assertSignal(description(sdp))).toThrow('no description')
  })
})
