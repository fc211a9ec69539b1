import type { contracts, RequestHandlers } from '@video-meet/protocol'
import { AppError } from '../platform/errors.ts'
import { relayableSignal } from './link-signal.ts'
import type { Seat } from './room-gateway.ts'
import { mediaOf } from './room-media.ts'

type SeatRequests = RequestHandlers<typeof contracts.sfu, Seat> &
  RequestHandlers<typeof contracts.track, Seat> &
  RequestHandlers<typeof contracts.topology, Seat> &
  RequestHandlers<typeof contracts.link, Seat>

/** Requests about the caller's own media. Signals between the ends of links aside, they reach nobody else's. */
export const mediaRequests: SeatRequests = {
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
  'sfu.closeProducer': async ({ room, peer }, { source }) => {
    await room.media.closeProducer(peer, source)
    return {}
  },
  'track.publish': async ({ room, peer }, track) => {
    await room.media.publish(peer, track)
    return {}
  },
  'track.setMuted': async ({ room, peer }, { source, muted }) => {
    await room.media.setMuted(peer, source, muted)
    return {}
  },
  'track.unpublish': async ({ room, peer }, { source }) => {
    await room.media.unpublish(peer, source)
    return {}
  },
  'topology.ready': ({ room, peer }, { epoch }) => {
    room.topology.ready(peer.id, epoch)
    return {}
  },
  'topology.report': ({ room, peer }, report) => {
    room.topology.report(peer, report)
    return {}
  },
  'link.signal': ({ room, peer }, { participantId, ends, signal }) => {
    // Where everything goes through the server nobody learns the address of anybody.
    if (!room.topology.hasLinks) throw new AppError('conflict', 'This call goes through the server.')
    const relayed = relayableSignal(signal)
    const other = room.peer(participantId)
    if (relayed) other.notify('link.signalled', { participantId: peer.id, ends, signal: relayed })
    return {}
  },
}
