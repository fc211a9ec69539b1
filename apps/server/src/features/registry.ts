import type { RoomFeatures } from '../room/room-feature.ts'
import type { WaitingRooms } from '../room/waiting-rooms.ts'
import { chat } from './chat/chat.ts'
import { hands } from './hands/hands.ts'
import { layout } from './layout/layout.ts'
import { createLobby } from './lobby/lobby.ts'
import { createModeration, type ModerationOptions } from './moderation/moderation.ts'
import type { QualityLog } from './stats/quality-log.ts'
import { createStats } from './stats/stats.ts'

/** What features of a room need of the rest of the server. */
export interface RoomFeaturePorts extends ModerationOptions {
  readonly waitingRooms: WaitingRooms
  readonly qualities: Pick<QualityLog, 'add' | 'left'>
}

/** THE LIST of features in a room: one line each; a feature with a contract but no line does not compile. */
export function createRoomFeatures(ports: RoomFeaturePorts): RoomFeatures {
  return {
    chat,
    hands,
    layout,
    lobby: createLobby(ports.waitingRooms),
    moderation: createModeration(ports),
    stats: createStats(ports.qualities),
  }
}
