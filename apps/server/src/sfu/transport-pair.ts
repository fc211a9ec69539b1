import type { types } from 'mediasoup'

const INITIAL_OUTGOING_BITRATE = 1_000_000
/** Camera 2.5 and screen 5 Mbit/s, with sound and room to spare; told to senders by congestion control. */
const MAX_INCOMING_BITRATE = 8_000_000
const ICE_CONSENT_TIMEOUT_S = 30

/** From the client's side: what it sends through, and what it receives through. */
export interface TransportPair {
  readonly send: types.WebRtcTransport
  readonly receive: types.WebRtcTransport
}

export interface TransportStats {
  bytesReceived: number
  bytesSent: number
  availableOutgoingBitrate?: number
  protocol?: 'udp' | 'tcp'
}

export async function openTransports(
  router: types.Router,
  webRtcServer: types.WebRtcServer,
): Promise<TransportPair> {
  const options = {
    webRtcServer,
    preferUdp: true,
    enableSctp: false,
    iceConsentTimeout: ICE_CONSENT_TIMEOUT_S,
    initialAvailableOutgoingBitrate: INITIAL_OUTGOING_BITRATE,
  }
  const [send, receive] = await Promise.all([
    router.createWebRtcTransport(options),
    router.createWebRtcTransport(options),
  ])
  await send.setMaxIncomingBitrate(MAX_INCOMING_BITRATE)
  return { send, receive }
}

export async function transportStats(transport: types.WebRtcTransport): Promise<TransportStats> {
  const [stats] = await transport.getStats()
  return {
    bytesReceived: stats?.bytesReceived ?? 0,
    bytesSent: stats?.bytesSent ?? 0,
    ...(stats?.availableOutgoingBitrate === undefined
      ? {}
      : { availableOutgoingBitrate: stats.availableOutgoingBitrate }),
    ...(stats?.iceSelectedTuple === undefined ? {} : { protocol: stats.iceSelectedTuple.protocol }),
  }
}
