import type { contracts, RequestHandlers } from '@video-meet/protocol'
import type { Seat } from './room-gateway.ts'
import { mediaOf } from './room-media.ts'

type SeatRequests = RequestHandlers<typeof contracts.sfu, Seat> &
  RequestHandlers<typeof contracts.track, Seat>

/** Requests about the caller's own media. They reach only the caller's transports, producers and consumers. */
export const sfuRequests: SeatRequests = {
  'sfu.openSession': ({ room, peer }, { rtpCapabilities }) => room.media.reopen(peer, rtpCapabilities),
  'sfu.connectTransport': async ({ peer }, { transportId, dtlsParameters }) => {
    await mediaOf(peer).connectTransport(transportId, dtlsParameters)
    return {}
  },
  'sfu.restartIce': async ({ peer }, { transportId }) => ({
    iceParameters: await mediaOf(peer).restartIce(transportId),
  }),
  'sfu.produce': async ({ room, peer }, input) => ({ producerId: await room.media.produce(peer, input) }),
  'sfu.resumeConsumers': async ({ peer }, { consumerIds }) => {
    await mediaOf(peer).resumeConsumers(consumerIds)
    return {}
  },
  'sfu.setLayers': async ({ peer }, { layers }) => {
    await mediaOf(peer).setLayers(layers)
    return {}
  },
  'sfu.getStats': ({ peer }) => mediaOf(peer).getStats(),
  'track.setMuted': async ({ room, peer }, { source, muted }) => {
    await room.media.setMuted(peer, source, muted)
    return {}
  },
  'track.unpublish': async ({ room, peer }, { source }) => {
    await room.media.unpublish(peer, source)
    return {}
  },
}
