import { CaptureError } from '@video-meet/client'
import { expect, test, vi } from 'vitest'
import { LocalPreview } from './local-preview.ts'

class FakeTrack extends EventTarget {
  readonly name: string
  readyState: 'live' | 'ended' = 'live'

  constructor(name: string) {
    super()
    this.name = name
  }

  get label(): string {
    return `label of ${this.name}`
  }

  stop(): void {
    this.readyState = 'ended'
  }

  unplug(): void {
    this.readyState = 'ended'
    this.dispatchEvent(new Event('ended'))
  }
}

function setUp(overrides: Partial<ConstructorParameters<typeof LocalPreview>[0]> = {}) {
  const tracks: FakeTrack[] = []
  const open = (name: string) => {
    const track = new FakeTrack(name)
    tracks.push(track)
    return track as unknown as MediaStreamTrack
  }
  const preview = new LocalPreview({
    captureBoth: async () => ({ microphone: open('microphone'), camera: open('camera') }),
    captureMicrophone: async ({ deviceId }) => open(`microphone ${deviceId}`),
    captureCamera: async ({ deviceId }) => open(`camera ${deviceId}`),
    ...overrides,
  })
  return {
    preview,
    tracks,
    live: () => tracks.filter((track) => track.readyState === 'live').map(({ name }) => name),
  }
}

test('opens both devices and hands them over running', async () => {
  const { preview, tracks, live } = setUp()
  await preview.start()
  expect(preview.tracks()).toEqual({ microphone: tracks[0], camera: tracks[1] })
  preview.handOver([tracks[0] as never, tracks[1] as never])
  preview.close()
  expect(live()).toEqual(['microphone', 'camera'])
})

test('begins with what was on before', async () => {
  const { preview, live } = setUp()
  await preview.start({ microphoneId: 'm', cameraId: 'c', muted: true, cameraOff: true })
  expect(live()).toEqual(['microphone m'])
  expect(preview.state.get()).toMatchObject({ muted: true, camera: { status: 'off' } })
  await preview.setCameraOff(false)
  expect(live()).toEqual(['microphone m', 'camera c'])
})

test('releases the devices when it is closed without a hand-over', async () => {
  const { preview, live } = setUp()
  await preview.start()
  preview.close()
  expect(live()).toEqual([])
})

test('releases what the person allows only after leaving the screen', async () => {
  const { preview, live } = setUp()
  const starting = preview.start()
  preview.close()
  await starting
  expect(live()).toEqual([])
})

test('releases the camera while it is off and opens it again', async () => {
  const { preview, live } = setUp()
  await preview.start()
  await preview.setCameraOff(true)
  expect(preview.state.get().camera.status).toBe('off')
  expect(live()).toEqual(['microphone'])
  expect(preview.tracks().camera).toBeNull()
  await preview.setCameraOff(false)
  expect(preview.state.get().camera.status).not.toBe('off')
})

test('keeps the camera off that is turned off while it still starts', async () => {
  const { preview, live } = setUp()
  const starting = preview.start()
  await preview.setCameraOff(true)
  await starting
  expect(preview.state.get().camera.status).toBe('off')
  expect(live()).toEqual(['microphone'])
})

test('stops the device before when another one is chosen', async () => {
  const { preview, live } = setUp()
  await preview.start()
  await preview.chooseCamera('2')
  await preview.chooseMicrophone('3')
  expect(live()).toEqual(['camera 2', 'microphone 3'])
})

test('says why one device failed and goes on with the other', async () => {
  const { preview, live } = setUp({
    captureBoth: async () => ({
      microphone: new FakeTrack('microphone') as unknown as MediaStreamTrack,
      camera: new CaptureError('device_busy', 'busy'),
    }),
  })
  await preview.start()
  expect(preview.state.get().camera).toEqual({ status: 'failed', reason: 'device_busy' })
  expect(preview.state.get().microphone.status).toBe('live')
  await preview.setCameraOff(false)
  expect(live()).toEqual(['camera undefined'])
})

test('opens the device again that was chosen, not just any', async () => {
  const { preview, tracks, live } = setUp()
  await preview.start({ microphoneId: 'a', cameraId: 'b' })
  await preview.setCameraOff(true)
  await preview.setCameraOff(false)
  expect(live()).toEqual(['microphone', 'camera b'])
  await preview.chooseCamera('c')
  await preview.setCameraOff(true)
  await preview.setCameraOff(false)
  expect(live()).toEqual(['microphone', 'camera c'])
  tracks[0]?.unplug()
  await preview.setMuted(false)
  expect(live()).toEqual(['camera c', 'microphone a'])
})

test('does not switch a camera on by choosing it', async () => {
  const { preview, live } = setUp()
  await preview.start()
  await preview.setCameraOff(true)
  await preview.chooseCamera('2')
  expect(preview.state.get().camera.status).toBe('off')
  expect(live()).toEqual(['microphone'])
  await preview.setCameraOff(false)
  expect(live()).toEqual(['microphone', 'camera 2'])
})

test('changes the camera where only one can be open at a time', async () => {
  const { preview, tracks } = setUp({
    captureCamera: async () => {
      if (tracks[1]?.readyState === 'live') throw new CaptureError('device_busy', 'Could not start')
      return new FakeTrack('back') as unknown as MediaStreamTrack
    },
  })
  await preview.start()
  await preview.chooseCamera('back')
  expect(preview.tracks().camera).toMatchObject({ name: 'back' })
})

test('opens another device in place of one that was unplugged, and tells both names', async () => {
  const { preview, tracks, live } = setUp()
  await preview.start({ cameraId: '1' })
  tracks[1]?.unplug()
  await vi.waitFor(() => expect(preview.state.get().camera.status).toBe('live'))
  expect(live()).toEqual(['microphone', 'camera 1'])
  expect(preview.state.get().replaced).toEqual({ before: 'label of camera', after: 'label of camera 1' })
})

test('notices that a device was unplugged and there is no other', async () => {
  const { preview, tracks } = setUp({
    captureCamera: () => Promise.reject(new CaptureError('no_device', 'None.')),
  })
  await preview.start()
  tracks[1]?.unplug()
  expect(preview.state.get().camera.status).toBe('starting')
  await vi.waitFor(() =>
    expect(preview.state.get().camera).toEqual({ status: 'failed', reason: 'no_device' }),
  )
  expect(preview.state.get().replaced).toBeNull()
  expect(preview.tracks().microphone).toBe(tracks[0])
})

test('opens microphones with what the person wants done to the sound', async () => {
  const captureMicrophone = vi.fn<(options: unknown) => Promise<MediaStreamTrack>>(
    () => new Promise(() => undefined),
  )
  const { preview } = setUp({ captureMicrophone })
  void preview.start({ microphoneId: 'm', cameraOff: true, processing: { music: true } })
  expect(captureMicrophone).toHaveBeenCalledWith({ deviceId: 'm', processing: { music: true } })
})
