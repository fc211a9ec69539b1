import { act, cleanup, renderHook, waitFor } from '@testing-library/react'
import type * as Client from '@video-meet/client'
import {
  createFakeSession,
  FAKE_CODE,
  FakeRefusal,
  type FakeSession,
  FakeTrack,
} from '@video-meet/client/testing'
import { afterEach, expect, test, vi } from 'vitest'
import { LocalPreview } from './local-preview.ts'
import { useJoin } from './use-join.ts'

const here = vi.hoisted(() => ({ fake: null as unknown, prepared: vi.fn<(options: unknown) => void>() }))

vi.mock('@video-meet/client', async (original) => ({
  ...(await original<typeof Client>()),
  prepareSession: (options: Client.PrepareOptions) => {
    here.prepared(options)
    return (here.fake as FakeSession).session
  },
}))

afterEach(() => {
  cleanup()
  localStorage.clear()
})

test('what is switched while one waits is as it was left when one comes in', async () => {
  const fake = createFakeSession()
  here.fake = fake
  const preview = new LocalPreview({
    captureBoth: async () => ({ microphone: new FakeTrack('audio'), camera: new FakeTrack('video') }),
    captureMicrophone: async () => new FakeTrack('audio'),
    captureCamera: async () => new FakeTrack('video'),
  })
  await preview.start()
  const before = preview.tracks()
  const onJoined = vi.fn<(room: Client.Room) => void>()
  const onFailed = vi.fn<() => void>()
  const { result } = renderHook(() => useJoin({ code: FAKE_CODE, isLive: true, preview, onJoined, onFailed }))

  expect(here.prepared).toHaveBeenLastCalledWith({ expectsOthers: true })

  fake.server.answer('room.join', () => {
    throw new FakeRefusal('waiting_room')
  })
  act(() => void result.current.join('Ben'))
  await waitFor(() => expect(result.current.waitingRoom).not.toBeNull())
  await preview.setMuted(true)
  await preview.setCameraOff(true)
  expect(before.camera?.readyState).toBe('ended')
  await preview.setCameraOff(false)

  const { camera } = preview.tracks()
  fake.server.answer('room.join', () => fake.server.joinReply)
  await waitFor(() => {
    fake.server.lobby.notify('waiting.admitted', { ticket: 'ticket' })
    expect(onJoined).toHaveBeenCalledOnce()
  })
  const me = onJoined.mock.calls[0]?.[0].localParticipant
  expect(me?.track('camera')?.state.get().mediaTrack).toBe(camera)
  expect(camera?.readyState).toBe('live')
  expect(me?.track('microphone')?.state.get()).toEqual({ muted: true, mediaTrack: before.microphone })
  expect(result.current.waitingRoom).toBeNull()
  expect(onFailed).not.toHaveBeenCalled()
})
