import { cleanup, render } from '@testing-library/react'
import type { Room } from '@video-meet/client'
import {
  buildJoinReply,
  buildParticipant,
  createFakeSession,
  type FakeSession,
} from '@video-meet/client/testing'
import { Capability, type ParticipantInfo } from '@video-meet/protocol'
import type { ReactNode } from 'react'
import { Provider } from 'react-redux'
import { afterEach } from 'vitest'
import { ToolsProvider } from '../src/meeting/tools-provider.tsx'
import { RoomProvider } from '../src/room/room-context.tsx'
import { connectRoomToStore } from '../src/store/room-bridge.ts'
import { type AppStore, createAppStore } from '../src/store/store.ts'

export interface RoomInTest {
  readonly room: Room
  readonly fake: FakeSession
  readonly store: AppStore
  readonly ana: ParticipantInfo
}

afterEach(cleanup)

/** What a host may do. */
export const HOST = { role: 'host', may: Capability.options } as const

/**
 * A real room over a server in memory, joined as "Me" with Ana in it, and the store that follows it.
 *
 * @param self what is different about this person
 */
export async function joinTestRoom(self: Partial<ParticipantInfo> = {}): Promise<RoomInTest> {
  const fake = createFakeSession()
  const ana = buildParticipant({ name: 'Ana', tracks: [{ source: 'microphone', muted: false }] })
  fake.server.joinReply = buildJoinReply({ others: [ana], self })
  const room = await fake.join()
  const store = createAppStore()
  connectRoomToStore(room, store.dispatch)
  return { room, fake, store, ana }
}

/** Shows something as it is shown inside the room. */
export function renderInRoom({ room, store }: RoomInTest, children: ReactNode): void {
  render(
    <Provider store={store}>
      <RoomProvider room={room}>
        <ToolsProvider>{children}</ToolsProvider>
      </RoomProvider>
    </Provider>,
  )
}
