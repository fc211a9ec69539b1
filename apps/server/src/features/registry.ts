import type { RoomFeatures } from '../room/room-feature.ts'
import { chat } from './chat/chat.ts'

/** THE LIST of features in a room: one line each; a feature with a contract but no line does not compile. */
export const roomFeatures: RoomFeatures = {
  chat,
}
