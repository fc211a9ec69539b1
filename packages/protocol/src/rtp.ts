import * as z from 'zod/mini'
import { between, list, listOf, named, text, whole } from './shapes.ts'

/*
 * ORTC parameters as they cross the wire. They are checked here for shape, size and number, so that nothing a client
 * invents reaches the SFU's worker; each end casts them to its library's types in one file (`rtp.ts`).
 */

const Token = text(128)
const Scalar = z.union([text(1024), z.number(), z.boolean(), z.null()])
const Parameters = z
  .record(Token, Scalar)
  .check(z.refine((value) => Object.keys(value).length <= 32, 'too many parameters'))

const RtcpFeedback = z.object({ type: Token, parameter: z.optional(Token) })
const PayloadType = whole(0, 127)
const Ssrc = whole(0, 0xffffffff)
const MimeType = text(64).check(z.regex(/^(audio|video)\/[\w.+-]+$/i))
const ClockRate = whole(1, 1_000_000)
const ExtensionId = whole(1, 255)
const Kind = z.enum(['audio', 'video'])

const Codec = z.object({
  mimeType: MimeType,
  payloadType: PayloadType,
  clockRate: ClockRate,
  channels: z.optional(whole(1, 8)),
  parameters: z.optional(Parameters),
  rtcpFeedback: z.optional(list(RtcpFeedback, 16)),
})

const HeaderExtension = z.object({
  uri: text(256),
  id: ExtensionId,
  encrypt: z.optional(z.boolean()),
  parameters: z.optional(Parameters),
})

const Encoding = z.object({
  ssrc: z.optional(Ssrc),
  rid: z.optional(text(16)),
  codecPayloadType: z.optional(PayloadType),
  rtx: z.optional(z.object({ ssrc: Ssrc })),
  dtx: z.optional(z.boolean()),
  scalabilityMode: z.optional(text(16)),
  scaleResolutionDownBy: z.optional(between(1, 64)),
  maxBitrate: z.optional(whole(0, 100_000_000)),
  maxFramerate: z.optional(between(0, 240)),
  active: z.optional(z.boolean()),
  adaptivePtime: z.optional(z.boolean()),
  priority: z.optional(text(16)),
  networkPriority: z.optional(text(16)),
})

/** What one sender sends, or one receiver receives. */
export const RtpParameters = named(
  'RtpParameters',
  z.object({
    mid: z.optional(text(64)),
    codecs: listOf(Codec, 1, 16),
    headerExtensions: z.optional(list(HeaderExtension, 32)),
    encodings: z.optional(listOf(Encoding, 1, 4)),
    rtcp: z.optional(
      z.object({
        cname: z.optional(text(256)),
        reducedSize: z.optional(z.boolean()),
        mux: z.optional(z.boolean()),
      }),
    ),
    msid: z.optional(text(256)),
  }),
)
export type RtpParameters = z.infer<typeof RtpParameters>

/** What an endpoint is able to receive. */
export const RtpCapabilities = named(
  'RtpCapabilities',
  z.object({
    codecs: list(
      z.object({
        kind: Kind,
        mimeType: MimeType,
        preferredPayloadType: z.optional(PayloadType),
        clockRate: ClockRate,
        channels: z.optional(whole(1, 8)),
        parameters: z.optional(Parameters),
        rtcpFeedback: z.optional(list(RtcpFeedback, 16)),
      }),
      64,
    ),
    headerExtensions: z.optional(
      list(
        z.object({
          kind: Kind,
          uri: text(256),
          preferredId: ExtensionId,
          preferredEncrypt: z.optional(z.boolean()),
          direction: z.optional(z.enum(['sendrecv', 'sendonly', 'recvonly', 'inactive'])),
        }),
        64,
      ),
    ),
  }),
)
export type RtpCapabilities = z.infer<typeof RtpCapabilities>

const Fingerprint = z.object({
  algorithm: z.enum(['sha-1', 'sha-224', 'sha-256', 'sha-384', 'sha-512']),
  value: z.string().check(z.regex(/^[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){19,63}$/)),
})

/** At least one fingerprint is needed: an empty list has crashed workers. */
export const DtlsParameters = named(
  'DtlsParameters',
  z.object({
    role: z.optional(z.enum(['auto', 'client', 'server'])),
    fingerprints: listOf(Fingerprint, 1, 8),
  }),
)
export type DtlsParameters = z.infer<typeof DtlsParameters>

export const IceParameters = named(
  'IceParameters',
  z.object({
    usernameFragment: text(256),
    password: text(256),
    iceLite: z.optional(z.boolean()),
  }),
)
export type IceParameters = z.infer<typeof IceParameters>

export const IceCandidate = named(
  'IceCandidate',
  z.object({
    foundation: text(64),
    priority: z.number(),
    address: text(256),
    protocol: z.enum(['udp', 'tcp']),
    port: whole(1, 65535),
    type: z.enum(['host', 'srflx', 'prflx', 'relay']),
    tcpType: z.optional(z.enum(['active', 'passive', 'so'])),
  }),
)
export type IceCandidate = z.infer<typeof IceCandidate>
