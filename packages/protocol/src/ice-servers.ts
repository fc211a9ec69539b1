import * as z from 'zod/mini'
import { defineContract } from './contract.ts'
import { named } from './shapes.ts'

/** A STUN or TURN server, as `RTCPeerConnection` takes it. */
export const IceServer = named(
  'IceServer',
  z.object({
    urls: z.array(z.string()),
    username: z.optional(z.string()),
    credential: z.optional(z.string()),
  }),
)
export type IceServer = z.infer<typeof IceServer>

/** The servers that help one client to find a path, with credentials of its own. */
export const IceServerList = named(
  'IceServerList',
  z.object({
    servers: z.array(IceServer),
    /** For how long the credentials are good; null when there are none. A client asks anew at half of it. */
    lifetimeSeconds: z.nullable(z.int()),
  }),
)
export type IceServerList = z.infer<typeof IceServerList>

export const iceContract = defineContract({
  requests: {
    'ice.getServers': {
      input: z.strictObject({}),
      output: IceServerList,
      limit: { burst: 4, perMinute: 4 },
    },
  },
  notifications: {},
})
