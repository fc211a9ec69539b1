import type { RtpCapabilities } from '@video-meet/protocol'
import { detectDevice, Device, type types } from 'mediasoup-client'
import { readClientTraits } from '../client-traits.ts'
import { TopologySwitch } from '../topology-switch.ts'
import type { MediaEngine } from '../topology.ts'
import { capabilitiesFromWire, capabilitiesToWire } from './rtp.ts'
import { SfuTopology } from './sfu-topology.ts'

/**
 * Prepares this browser for the SFU.
 *
 * @param routerRtpCapabilities codecs and header extensions of the server
 * @param handlerFactory stands in for the browser in tests
 */
export async function createSfuEngine(
  routerRtpCapabilities: RtpCapabilities,
  handlerFactory?: types.HandlerFactory,
): Promise<MediaEngine> {
  const factory = handlerFactory ?? (await rareHandler())
  const device = await Device.factory(factory && { handlerFactory: factory })
  await device.load({ routerRtpCapabilities: capabilitiesFromWire(routerRtpCapabilities) })
  return {
    rtpCapabilities: capabilitiesToWire(device.recvRtpCapabilities),
    client: readClientTraits(),
    createTopology: (context) => new TopologySwitch(context, new SfuTopology(device, context)),
  }
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
