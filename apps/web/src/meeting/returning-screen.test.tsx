import { render, waitFor } from '@testing-library/react'
import { joinRoom, type Room } from '@video-meet/client'
import { createFakeSession, FAKE_CODE } from '@video-meet/client/testing'
import { expect, test, vi } from 'vitest'
import { ReturningScreen } from './returning-screen.tsx'

vi.mock('@video-meet/client', async (original) => ({
  ...(await original<object>()),
  joinRoom: vi.fn<typeof joinRoom>(),
}))

const stay = { code: FAKE_CODE, name: 'Me', microphone: false, camera: false, at: 0 }

test('hands the room over as soon as it is joined, however long a loudspeaker takes', async () => {
  const room = await createFakeSession().join()
  room.audioOutput.setSpeaker = () => new Promise(() => {})
  vi.mocked(joinRoom).mockResolvedValue(room)
  const onJoined = vi.fn<(room: Room) => void>()
  render(<ReturningScreen stay={stay} onJoined={onJoined} onFailed={() => {}} />)
  await waitFor(() => expect(onJoined).toHaveBeenCalledOnce())
  await room.leave()
})
