import { type RtpCapabilities, VideoCodec } from '@video-meet/protocol'
import { ortc, type types } from 'mediasoup'
import { toWireRtpCapabilities } from './rtp.ts'

/** What every router takes. VP8 is what clients send unless all of them can do better. */
export const ROUTER_CODECS: types.RouterRtpCodecCapability[] = [
  { kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2 },
  { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 },
  { kind: 'video', mimeType: 'video/VP9', clockRate: 90_000, parameters: { 'profile-id': 0 } },
  {
    kind: 'video',
    mimeType: 'video/H264',
    clockRate: 90_000,
    parameters: { 'packetization-mode': 1, 'profile-level-id': '42e01f', 'level-asymmetry-allowed': 1 },
  },
  { kind: 'video', mimeType: 'video/AV1', clockRate: 90_000 },
]

/** Those that a client says it can receive. */
export function videoCodecsOf({ codecs }: RtpCapabilities): VideoCodec[] {
  const names = codecs.map(({ mimeType }) => mimeType.toLowerCase().replace(/^video\//, ''))
  return VideoCodec.options.filter((codec) => names.includes(codec))
}

/** What every router of this server is able to take and give; known without asking a worker. */
export function routerRtpCapabilities(): RtpCapabilities {
  return toWireRtpCapabilities(ortc.generateRouterRtpCapabilities(ROUTER_CODECS))
}
