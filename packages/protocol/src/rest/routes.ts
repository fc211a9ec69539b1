import { getHealth, getReadiness } from './health.ts'
import { createMeeting, getMeeting } from './meetings.ts'
import { getRtcCapabilities } from './rtc.ts'

/** THE LIST of REST routes. */
export const routes = {
  getHealth,
  getReadiness,
  createMeeting,
  getMeeting,
  getRtcCapabilities,
} as const

export type Routes = typeof routes
export type RouteName = keyof Routes
