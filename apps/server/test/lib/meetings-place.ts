import type { MeetingId } from '@video-meet/protocol'
import type { Database } from '../../src/db/database.ts'
import type { MeetingEvents } from '../../src/features/meetings/meeting-ports.ts'
import { createMeetingViews } from '../../src/features/meetings/meeting-views.ts'
import { createMeetingsStore } from '../../src/features/meetings/meetings-store.ts'
import { Meetings, type MeetingsOptions } from '../../src/features/meetings/meetings.ts'

export interface MeetingsPlaceOptions {
  readonly database: Database
  readonly publicUrl?: string
  readonly options?: Partial<MeetingsOptions>
}

/** Meetings on a real store, apart from the other features; what they are told is remembered. */
export function createMeetingsPlace({
  database,
  publicUrl = 'https://meet.example.org',
  options = {},
}: MeetingsPlaceOptions) {
  const told: string[] = []
  const live = new Set<MeetingId>()
  const ended: MeetingId[] = []
  const tell =
    (what: string) =>
    async ({ title }: { readonly title: string }) =>
      void told.push(`${what}: ${title}`)
  const events: MeetingEvents = {
    assertCanTell: async () => undefined,
    changed: async ({ title }, changes) => void told.push(`changed ${changes.join(' and ')}: ${title}`),
    cancelled: tell('cancelled'),
    deleted: tell('deleted'),
    started: tell('started'),
    remind: tell('remind'),
  }
  const store = createMeetingsStore(database)
  const isLive = (id: MeetingId) => live.has(id)
  const endRoom = (id: MeetingId) => {
    live.delete(id)
    ended.push(id)
  }
  const settings = { retentionDays: 90, reminderMinutes: 10 }
  const meetings = new Meetings({
    store,
    views: createMeetingViews({
      publicUrl,
      isLive: ({ id }) => isLive(id),
      callSettings: () => undefined,
    }),
    events,
    settings,
    isLive,
    endRoom,
    policyChanged: () => undefined,
    templates: { resolve: async () => null },
    passwords: { hash: async (password) => `hash of ${password}` },
    invite: async ({ title }, list) => void told.push(`invite ${list.length}: ${title}`),
    ...options,
  })
  return { meetings, store, events, settings, isLive, endRoom, told, live, ended }
}
