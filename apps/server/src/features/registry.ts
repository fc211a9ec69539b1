import type { RoomFeatures } from '../room/room-feature.ts'
import type { WaitingRooms } from '../room/waiting-rooms.ts'
import { chat } from './chat/chat.ts'
import { hands } from './hands/hands.ts'
import { layout } from './layout/layout.ts'
import { createLobby } from './lobby/lobby.ts'
import { createModeration, type ModerationOptions } from './moderation/moderation.ts'
import { createStats, type StatsPorts } from './stats/stats.ts'

/** What features of a room need of the rest of the server. */
export interface RoomFeaturePorts extends ModerationOptions, StatsPorts {
  readonly waitingRooms: WaitingRooms
}

/** THE LIST of features in a room: one line each; a feature with a contract but no line does not compile. */
export function createRoomFeatures(ports: RoomFeaturePorts): RoomFeatures {
  return {
    chat,
    hands,
    layout,
    lobby: createLobby(ports.waitingRooms),
    moderation: createModeration(ports),
    stats: createStats(ports),
  }
}
