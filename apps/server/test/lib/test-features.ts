import { createRoomFeatures } from '../../src/features/registry.ts'
import type { RoomFeatures } from '../../src/room/room-feature.ts'
import { WaitingRooms } from '../../src/room/waiting-rooms.ts'

/** The features of rooms, without a database: nobody is banned, and meetings do not end. */
export function createTestFeatures(waitingRooms: WaitingRooms = new WaitingRooms()): RoomFeatures {
  return createRoomFeatures({
    waitingRooms,
    bans: {
      add: async () => undefined,
      list: async () => [],
      lift: async () => null,
      keepsOut: async () => false,
    },
    qualities: { add: () => undefined, left: () => undefined },
    qualityEvents: { add: () => undefined, callEnded: () => undefined },
    endMeeting: async () => undefined,
  })
}
