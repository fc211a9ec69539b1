import * as z from 'zod'

/*
 * ORTC parameters as they cross the wire. They are checked here for shape, size and number, so that nothing a client
 * invents reaches the SFU's worker; each end casts them to its library's types in one file (`rtp.ts`).
 */

const Token = z.string().max(128)
const Scalar = z.union([z.string().max(1024), z.number(), z.boolean(), z.null()])
const Parameters = z
  .record(Token, Scalar)
  .refine((value) => Object.keys(value).length <= 32, 'too many parameters')

const RtcpFeedback = z.object({ type: Token, parameter: Token.optional() })
const PayloadType = z.int().min(0).max(127)
const Ssrc = z.int().min(0).max(0xffffffff)
const MimeType = z
  .string()
  .max(64)
  .regex(/^(audio|video)\/[\w.+-]+$/i)
const ExtensionId = z.int().min(1).max(255)

const Codec = z.object({
  mimeType: MimeType,
  payloadType: PayloadType,
  clockRate: z.int().min(1).max(1_000_000),
  channels: z.int().min(1).max(8).optional(),
  parameters: Parameters.optional(),
  rtcpFeedback: z.array(RtcpFeedback).max(16).optional(),
})

const HeaderExtension = z.object({
  uri: z.string().max(256),
  id: ExtensionId,
  encrypt: z.boolean().optional(),
  parameters: Parameters.optional(),
})

const Encoding = z.object({
  ssrc: Ssrc.optional(),
  rid: z.string().max(16).optional(),
  codecPayloadType: PayloadType.optional(),
  rtx: z.object({ ssrc: Ssrc }).optional(),
  dtx: z.boolean().optional(),
  scalabilityMode: z.string().max(16).optional(),
  scaleResolutionDownBy: z.number().min(1).max(64).optional(),
  maxBitrate: z.int().min(0).max(100_000_000).optional(),
  maxFramerate: z.number().min(0).max(240).optional(),
  active: z.boolean().optional(),
  adaptivePtime: z.boolean().optional(),
  priority: z.string().max(16).optional(),
  networkPriority: z.string().max(16).optional(),
})

/** What one sender sends, or one receiver receives. */
export const RtpParameters = z
  .object({
    mid: z.string().max(64).optional(),
    codecs: z.array(Codec).min(1).max(16),
    headerExtensions: z.array(HeaderExtension).max(32).optional(),
    encodings: z.array(Encoding).min(1).max(4).optional(),
    rtcp: z
      .object({
        cname: z.string().max(256).optional(),
        reducedSize: z.boolean().optional(),
        mux: z.boolean().optional(),
      })
      .optional(),
    msid: z.string().max(256).optional(),
  })
  .meta({ id: 'RtpParameters' })
export type RtpParameters = z.infer<typeof RtpParameters>

/** What an endpoint is able to receive. */
export const RtpCapabilities = z
  .object({
    codecs: z
      .array(
        z.object({
          kind: z.enum(['audio', 'video']),
          mimeType: MimeType,
          preferredPayloadType: PayloadType.optional(),
          clockRate: z.int().min(1).max(1_000_000),
          channels: z.int().min(1).max(8).optional(),
          parameters: Parameters.optional(),
          rtcpFeedback: z.array(RtcpFeedback).max(16).optional(),
        }),
      )
      .max(64),
    headerExtensions: z
      .array(
        z.object({
          kind: z.enum(['audio', 'video']),
          uri: z.string().max(256),
          preferredId: ExtensionId,
          preferredEncrypt: z.boolean().optional(),
          direction: z.enum(['sendrecv', 'sendonly', 'recvonly', 'inactive']).optional(),
        }),
      )
      .max(64)
      .optional(),
  })
  .meta({ id: 'RtpCapabilities' })
export type RtpCapabilities = z.infer<typeof RtpCapabilities>

/** At least one fingerprint is needed: an empty list has crashed workers. */
export const DtlsParameters = z
  .object({
    role: z.enum(['auto', 'client', 'server']).optional(),
    fingerprints: z
      .array(
        z.object({
          algorithm: z.enum(['sha-1', 'sha-224', 'sha-256', 'sha-384', 'sha-512']),
          value: z.string().regex(/^[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){19,63}$/),
        }),
      )
      .min(1)
      .max(8),
  })
  .meta({ id: 'DtlsParameters' })
export type DtlsParameters = z.infer<typeof DtlsParameters>

export const IceParameters = z
  .object({
    usernameFragment: z.string().max(256),
    password: z.string().max(256),
    iceLite: z.boolean().optional(),
  })
  .meta({ id: 'IceParameters' })
export type IceParameters = z.infer<typeof IceParameters>

export const IceCandidate = z
  .object({
    foundation: z.string().max(64),
    priority: z.number(),
    address: z.string().max(256),
    protocol: z.enum(['udp', 'tcp']),
    port: z.int().min(1).max(65535),
    type: z.enum(['host', 'srflx', 'prflx', 'relay']),
    tcpType: z.enum(['active', 'passive', 'so']).optional(),
  })
  .meta({ id: 'IceCandidate' })
export type IceCandidate = z.infer<typeof IceCandidate>
