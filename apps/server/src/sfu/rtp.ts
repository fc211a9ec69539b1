import type * as wire from '@video-meet/protocol'
import type { types } from 'mediasoup'

/*
 * The one place where parameters from the wire become mediasoup's types and back. The protocol has checked their
 * shape, size and number; mediasoup checks what they mean.
 */

export function toWireRtpCapabilities(capabilities: types.RtpCapabilities): wire.RtpCapabilities {
  return capabilities as wire.RtpCapabilities
}

export function fromWireRtpCapabilities(capabilities: wire.RtpCapabilities): types.RtpCapabilities {
  return capabilities as types.RtpCapabilities
}

export function toWireRtpParameters(parameters: types.RtpParameters): wire.RtpParameters {
  return parameters as wire.RtpParameters
}

export function fromWireRtpParameters(parameters: wire.RtpParameters): types.RtpParameters {
  return parameters as types.RtpParameters
}

export function fromWireDtlsParameters(parameters: wire.DtlsParameters): types.DtlsParameters {
  return parameters as types.DtlsParameters
}

export function toWireTransport(transport: types.WebRtcTransport): wire.TransportOptions {
  return {
    id: transport.id as wire.TransportId,
    iceParameters: transport.iceParameters,
    iceCandidates: transport.iceCandidates,
    dtlsParameters: transport.dtlsParameters,
  }
}
