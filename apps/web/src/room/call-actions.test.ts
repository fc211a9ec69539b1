import type { Room } from '@video-meet/client'
import { buildJoinReply, createFakeSession, FakeTrack } from '@video-meet/client/testing'
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
  actions.choose.microphone('second')
  await vi.waitFor(() => expect(capture.captureMicrophone).toHaveBeenCalled())
  actions.toggleMicrophone()
  expect(microphone.enabled).toBe(false)
  expect(room.localParticipant.track('microphone')?.state.get().muted).toBe(true)
})

test('turns the camera off at once while another one is being opened', async () => {
  actions.choose.camera('second')
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

test('what the person may not do is said and not done; switching off goes on working', async () => {
  const fake = createFakeSession()
  fake.server.joinReply = buildJoinReply({ self: { may: ['microphone'] } })
  const store = createAppStore()
  const restricted = await fake.join({ microphone, parts: { capture } })
  const doing = createCallActions(restricted, store.dispatch)
  const said = () => store.getState().ui.notice?.text
  capture.captureCamera.mockClear()
  doing.toggleCamera()
  expect(said()).toBe('You cannot turn on your camera until the host lets you.')
  doing.toggleScreenShare()
  expect(said()).toBe('You cannot share your screen until the host lets you.')
  doing.toggleHand()
  expect(said()).toBe('You cannot raise your hand until the host lets you.')
  expect(capture.captureCamera).not.toHaveBeenCalled()
  expect(fake.server.inputsOf('hands.raise')).toEqual([])
  doing.toggleMicrophone()
  expect(restricted.localParticipant.track('microphone')?.state.get().muted).toBe(true)
  await restricted.leave()
})
