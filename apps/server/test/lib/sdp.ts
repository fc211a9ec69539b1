import type { ConsumerOptions, TransportOptions } from '@video-meet/protocol'

export const OPUS = 111
export const VP8 = 96

/** The SFU's answer to an offer of one Opus and one VP8 track. */
export function answerSdp(transport: TransportOptions): string {
  return session(transport, [
    media(transport, { mid: 0, kind: 'audio', format: OPUS, codec: 'opus/48000/2', direction: 'recvonly' }),
    media(transport, { mid: 1, kind: 'video', format: VP8, codec: 'VP8/90000', direction: 'recvonly' }),
  ])
}

/** The SFU's offer of these consumers, one section each in their order. */
export function offerSdp(transport: TransportOptions, consumers: readonly ConsumerOptions[]): string {
  const sections = consumers.map((consumer, mid) => {
    const [codec] = consumer.rtpParameters.codecs
    const [encoding] = consumer.rtpParameters.encodings ?? []
    if (!codec || encoding?.ssrc === undefined) throw new Error('consumer without codec or ssrc')
    const name = codec.mimeType.split('/')[1]
    const channels = codec.channels ? `/${codec.channels}` : ''
    return [
      ...media(transport, {
        mid,
        kind: consumer.kind,
        format: codec.payloadType,
        codec: `${name}/${codec.clockRate}${channels}`,
        direction: 'sendonly',
      }),
      `a=ssrc:${encoding.ssrc} cname:sfu`,
    ]
  })
  return session(transport, sections)
}

/** The SHA-256 fingerprint in a description. */
export function fingerprintOf(sdp: string): string {
  const fingerprint = /a=fingerprint:sha-256 ([0-9A-F:]+)/i.exec(sdp)?.[1]
  if (!fingerprint) throw new Error('description without fingerprint')
  return fingerprint
}

function session(transport: TransportOptions, sections: string[][]): string {
  const mids = sections.map((_, mid) => mid).join(' ')
  const fingerprint = transport.dtlsParameters.fingerprints.find(({ algorithm }) => algorithm === 'sha-256')
  const head = [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    'a=ice-lite',
    `a=group:BUNDLE ${mids}`,
    `a=fingerprint:sha-256 ${fingerprint?.value}`,
  ]
  return `${[...head, ...sections.flat()].join('\r\n')}\r\n`
}

interface Section {
  readonly mid: number
  readonly kind: 'audio' | 'video'
  readonly format: number
  readonly codec: string
  readonly direction: 'sendonly' | 'recvonly'
}

function media(transport: TransportOptions, { mid, kind, format, codec, direction }: Section): string[] {
  const { iceParameters, iceCandidates } = transport
  const udp = iceCandidates.filter(({ protocol, address }) => protocol === 'udp' && !address.includes(':'))
  return [
    `m=${kind} 9 UDP/TLS/RTP/SAVPF ${format}`,
    'c=IN IP4 0.0.0.0',
    `a=mid:${mid}`,
    `a=${direction}`,
    'a=rtcp-mux',
    `a=setup:${direction === 'recvonly' ? 'passive' : 'actpass'}`,
    `a=ice-ufrag:${iceParameters.usernameFragment}`,
    `a=ice-pwd:${iceParameters.password}`,
    `a=rtpmap:${format} ${codec}`,
    ...udp.map(
      ({ foundation, priority, address, port }) =>
        `a=candidate:${foundation} 1 udp ${priority} ${address} ${port} typ host`,
    ),
    'a=end-of-candidates',
  ]
}
