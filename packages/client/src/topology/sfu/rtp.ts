import type {
  ConsumerOptions,
  DtlsParameters,
  IceParameters,
  RtpCapabilities,
  RtpParameters,
  TransportOptions,
} from '@video-meet/protocol'
import type { types } from 'mediasoup-client'

/*
 * The one place where parameters of the wire become mediasoup-client's and the other way round. The wire's schemas
 * check shape and bounds; the library's types name the same things more narrowly, and it checks them itself.
 */

export function transportOptionsFromWire(options: TransportOptions): types.TransportOptions {
  return options as unknown as types.TransportOptions
}

export function consumerOptionsFromWire(options: ConsumerOptions): types.ConsumerOptions {
  const { id, producerId, kind, rtpParameters } = options
  return { id, producerId, kind, rtpParameters: rtpParameters as unknown as types.RtpParameters }
}

export function iceParametersFromWire(parameters: IceParameters): types.IceParameters {
  return parameters as types.IceParameters
}

export function capabilitiesFromWire(capabilities: RtpCapabilities): types.RtpCapabilities {
  return capabilities as unknown as types.RtpCapabilities
}

export function capabilitiesToWire(capabilities: types.RtpCapabilities): RtpCapabilities {
  return capabilities as unknown as RtpCapabilities
}

export function rtpParametersToWire(parameters: types.RtpParameters): RtpParameters {
  return parameters as unknown as RtpParameters
}

export function dtlsParametersToWire(parameters: types.DtlsParameters): DtlsParameters {
  return parameters as DtlsParameters
}
