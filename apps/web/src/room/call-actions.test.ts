import type { Room } from '@video-meet/client'
import { createFakeSession, FakeTrack } from '@video-meet/client/testing'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createAppStore } from '../store/store.ts'
import { type CallActions, createCallActions } from './call-actions.ts'

/** The second device is still opening: its driver is slow, or the browser asks for permission. */
const second = Promise.withResolvers<MediaStreamTrack>()
const capture = {
  captureMicrophone: vi.fn<() => Promise<MediaStreamTrack>>(() => second.promise),
  captureCamera: vi.fn<() => Promise<MediaStreamTrack>>(() => second.promise),
  captureScreen: () => Promise.resolve({ screen: new FakeTrack('video'), screenAudio: null }),
}
let room: Room
let actions: CallActions
let microphone: FakeTrack
let camera: FakeTrack

beforeEach(async () => {
  microphone = new FakeTrack('audio')
  camera = new FakeTrack('video')
  room = await createFakeSession().join({ microphone, camera, parts: { capture } })
  actions = createCallActions(room, createAppStore().dispatch)
})

afterEach(() => room.leave())

test('mutes at once while another microphone is being opened', async () => {
  actions.chooseMicrophone('second')
  await vi.waitFor(() => expect(capture.captureMicrophone).toHaveBeenCalled())
  actions.toggleMicrophone()
  expect(microphone.enabled).toBe(false)
  expect(room.localParticipant.track('microphone')?.state.get().muted).toBe(true)
})

test('turns the camera off at once while another one is being opened', async () => {
  actions.chooseCamera('second')
  await vi.waitFor(() => expect(capture.captureCamera).toHaveBeenCalled())
  actions.toggleCamera()
  expect(camera.readyState).toBe('ended')
})

test('does not ask twice for a device that is being opened', async () => {
  actions.toggleCamera()
  capture.captureCamera.mockClear()
  actions.toggleCamera()
  actions.toggleCamera()
  await vi.waitFor(() => expect(capture.captureCamera).toHaveBeenCalledOnce())
})
