import * as z from 'zod/mini'
import { RtpCapabilities } from '../rtp.ts'
import { defineRoute } from './route.ts'

/**
 * The same for every room of this server and says nothing about any of them. Knowing it before joining saves a round
 * trip: the join request can carry what the client is able to receive, and its reply all consumers.
 */
export const getRtcCapabilities = defineRoute({
  method: 'GET',
  path: '/api/v1/rtc/capabilities',
  summary: 'Read the codecs and header extensions of the SFU',
  tag: 'rtc',
  access: { callers: 'anyone' },
  response: z.object({ routerRtpCapabilities: RtpCapabilities }),
  status: 200,
  errors: ['rate_limited', 'media_unavailable'],
  limit: { burst: 60, perMinute: 60 },
})
