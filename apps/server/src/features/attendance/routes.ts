import { type MeetingId, routes, type UserId } from '@video-meet/protocol'
import type { FastifyInstance } from 'fastify'
import { bindRoute } from '../../http/bind-route.ts'
import { attendanceCsv } from './attendance-csv.ts'
import type { Attendance } from './attendance.ts'

export interface AttendanceRoutesOptions {
  readonly attendance: Attendance
  /** @throws {AppError} `meeting_not_found` unless the user owns it */
  readonly assertOwned: (id: MeetingId, userId: UserId) => Promise<unknown>
}

/** Serves who was in a call. */
export function bindAttendanceRoutes(app: FastifyInstance, options: AttendanceRoutesOptions): void {
  const { attendance, assertOwned } = options
  bindRoute(app, routes.listAttendees, async ({ caller, params }) => {
    await assertOwned(params.id, caller.userId)
    return { items: await attendance.list(params.id) }
  })
  bindRoute(app, routes.exportAttendees, async ({ caller, params }) => {
    await assertOwned(params.id, caller.userId)
    return attendanceCsv(await attendance.list(params.id))
  })
}
