import type { RtpCapabilities } from '@video-meet/protocol'
import { Device, type types } from 'mediasoup-client'
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
  const device = await Device.factory(handlerFactory && { handlerFactory })
  await device.load({ routerRtpCapabilities: capabilitiesFromWire(routerRtpCapabilities) })
  return {
    rtpCapabilities: capabilitiesToWire(device.recvRtpCapabilities),
    client: readClientTraits(),
    createTopology: (context) => new TopologySwitch(context, new SfuTopology(device, context)),
  }
}
