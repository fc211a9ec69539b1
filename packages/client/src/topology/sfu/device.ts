import type { RtpCapabilities } from '@video-meet/protocol'
import { detectDevice, Device, type types } from 'mediasoup-client'
import { capabilitiesFromWire } from './rtp.ts'

/**
 * This browser, made ready for the codecs of the server.
 *
 * @param handlerFactory stands in for the browser in tests
 */
export async function loadDevice(
  routerRtpCapabilities: RtpCapabilities,
  handlerFactory?: types.HandlerFactory,
): Promise<Device> {
  const factory = handlerFactory ?? (await rareHandler())
  const device = await Device.factory(factory && { handlerFactory: factory })
  await device.load({ routerRtpCapabilities: capabilitiesFromWire(routerRtpCapabilities) })
  return device
}

/** What mediasoup-client needs for the browsers that fewer people have; it brings what it needs for the others. */
async function rareHandler(): Promise<types.HandlerFactory | undefined> {
  switch (detectDevice()) {
    case 'Firefox120': {
      const { Firefox120 } = await import('mediasoup-client/handlers/Firefox120')
      return Firefox120.createFactory({})
    }
    case 'Safari12': {
      const { Safari12 } = await import('mediasoup-client/handlers/Safari12')
      return Safari12.createFactory({})
    }
    default:
      return undefined
  }
}
