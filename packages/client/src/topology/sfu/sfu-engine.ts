import type { RtpCapabilities } from '@video-meet/protocol'
import type { types } from 'mediasoup-client'
import { readClientTraits } from '../client-traits.ts'
import { TopologySwitch } from '../topology-switch.ts'
import type { MediaEngine } from '../topology.ts'
import { loadDevice } from './device.ts'
import { capabilitiesToWire } from './rtp.ts'
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
  const device = await loadDevice(routerRtpCapabilities, handlerFactory)
  return {
    rtpCapabilities: capabilitiesToWire(device.recvRtpCapabilities),
    client: readClientTraits(),
    createTopology: (context) => new TopologySwitch(context, new SfuTopology(device, context)),
  }
}
