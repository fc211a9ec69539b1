import * as z from 'zod/mini'
import { defineContract } from './contract.ts'
import { IceServerList } from './ice-servers.ts'
import { ConsumerId, ProducerId, TransportId } from './ids.ts'
import { DtlsParameters, RtpCapabilities, RtpParameters } from './rtp.ts'
import { TransportOptions } from './sfu.ts'
import { TrackKind } from './track.ts'

/**
 * All that a client that tests its connection can say and hear, in a namespace of its own: what it sends to the media
 * server comes back to itself, and to nobody else.
 */
export const checkContract = defineContract({
  requests: {
    /** Opens a path to the media server and back, in place of the one before. It is closed by itself after a while. */
    'check.open': {
      input: z.strictObject({ rtpCapabilities: RtpCapabilities }),
      output: z.object({
        sendTransport: TransportOptions,
        receiveTransport: TransportOptions,
        iceServers: IceServerList,
        lifetimeSeconds: z.int(),
      }),
      limit: { burst: 6, perMinute: 6 },
    },
    'check.connectTransport': {
      input: z.strictObject({ transportId: TransportId, dtlsParameters: DtlsParameters }),
      output: z.object({}),
      limit: { burst: 12, perMinute: 12 },
    },
    /** Sends a track; what is answered with is how it comes back. */
    'check.echo': {
      input: z.strictObject({ kind: TrackKind, rtpParameters: RtpParameters }),
      output: z.object({
        id: ConsumerId,
        producerId: ProducerId,
        kind: TrackKind,
        rtpParameters: RtpParameters,
      }),
      limit: { burst: 6, perMinute: 6 },
    },
    /** The client is ready to receive what comes back. */
    'check.resume': { input: z.strictObject({}), output: z.object({}), limit: { burst: 6, perMinute: 6 } },
    'check.close': { input: z.strictObject({}), output: z.object({}), limit: { burst: 6, perMinute: 12 } },
  },
  notifications: {
    /** The path is closed: its time is over, or the media server has failed. */
    'check.closed': z.object({}),
  },
})

/** Every request of a test by name; has no prototype, so a name from the wire can be looked up as it is. */
export const checkRequests = Object.assign(Object.create(null) as object, checkContract.requests)
export type CheckRequests = (typeof checkContract)['requests']
export type CheckNotifications = (typeof checkContract)['notifications']
