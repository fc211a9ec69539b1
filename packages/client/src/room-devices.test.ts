import { beforeEach, expect, it, vi } from 'vitest'
import { Store } from './core/store.ts'
import type { Devices } from './devices/device-list.ts'
import { CaptureError } from './errors.ts'
import type { CaptureFunctions } from './local-participant.ts'
import { RoomDevices } from './room-devices.ts'
import type { Room } from './room.ts'
import { createFakeSession } from './testing/fake-session.ts'
import { FakeTrack } from './testing/fake-track.ts'

const usb = { deviceId: 'usb', label: 'Headset' }
const builtIn = { deviceId: 'built-in', label: 'Laptop' }
const all: Devices = {
  microphones: [usb, builtIn],
  cameras: [usb, builtIn],
  speakers: [usb, builtIn],
  defaultMicrophone: 'built-in',
}

let page: EventTarget & { visibilityState: 'visible' | 'hidden' }
let list: { state: Store<Devices>; refresh: () => Promise<void>; close: () => void }
let room: Room
let devices: RoomDevices
let microphone: FakeTrack
let camera: FakeTrack
let told: unknown[]
const captureMicrophone = vi.fn<CaptureFunctions['captureMicrophone']>()
const captureCamera = vi.fn<CaptureFunctions['captureCamera']>()

class NamedTrack extends FakeTrack {
  override readonly label: string
  constructor(kind: 'audio' | 'video', { deviceId, label }: typeof usb) {
    super(kind, { deviceId })
    this.label = label
  }
}

beforeEach(async () => {
  page = Object.assign(new EventTarget(), { visibilityState: 'visible' as const })
  vi.stubGlobal('document', page)
  list = { state: new Store(all), refresh: async () => undefined, close: vi.fn<() => void>() }
  captureMicrophone.mockReset().mockImplementation(async () => new NamedTrack('audio', builtIn))
  captureCamera.mockReset().mockImplementation(async () => new NamedTrack('video', builtIn))
  microphone = new NamedTrack('audio', usb)
  camera = new NamedTrack('video', usb)
  const capture = { captureMicrophone, captureCamera, captureScreen: () => Promise.reject(new Error('no')) }
  room = await createFakeSession().join({ microphone, camera, parts: { capture } })
  devices = new RoomDevices(room, list)
  told = []
  for (const name of ['replaced', 'lost', 'returned', 'followed'] as const) {
    devices.on(name, (...values: unknown[]) => told.push([name, ...values]))
  }
})

const without = (kind: 'microphones' | 'cameras' | 'speakers') => ({ ...all, [kind]: [builtIn] })

it('tells what took the place of a device that is gone, and that it is back', async () => {
  list.state.set(without('microphones'))
  microphone.endByItself()
  await vi.waitFor(() => expect(told).toEqual([['replaced', 'microphone', 'Headset', 'Laptop']]))
  list.state.set(all)
  expect(told[1]).toEqual(['returned', 'microphone', usb])
  await devices.use('microphone', 'usb')
  expect(captureMicrophone).toHaveBeenLastCalledWith({ deviceId: 'usb', processing: {} })
})

it('tells of the return also where the list is slower than the device', async () => {
  camera.endByItself()
  await vi.waitFor(() => expect(told).toEqual([['replaced', 'camera', 'Headset', 'Laptop']]))
  list.state.set(without('cameras'))
  expect(told).toHaveLength(1)
  list.state.set(all)
  expect(told[1]).toEqual(['returned', 'camera', usb])
})

it('says nothing of a device that the system took for a moment', async () => {
  captureCamera.mockImplementation(async () => new NamedTrack('video', usb))
  camera.endByItself()
  await vi.waitFor(() => expect(room.localParticipant.camera.media?.readyState).toBe('live'))
  expect(told).toEqual([])
})

it('tells what is lost when nothing can take its place', async () => {
  captureCamera.mockRejectedValue(new CaptureError('device_busy', 'In use.'))
  camera.endByItself()
  await vi.waitFor(() =>
    expect(told).toMatchObject([['lost', 'camera', 'Headset', { reason: 'device_busy' }]]),
  )
})

it('plays through the default loudspeaker when the chosen one is gone, and takes it back when asked', async () => {
  await room.audioOutput.setSpeaker('usb')
  list.state.set(without('speakers'))
  expect(told).toEqual([['replaced', 'speaker', 'Headset', '']])
  expect(room.audioOutput.speakerId).toBe('')
  list.state.set(all)
  expect(told[1]).toEqual(['returned', 'speaker', usb])
  await devices.use('speaker', 'usb')
  expect(room.audioOutput.speakerId).toBe('usb')
})

it('follows the default microphone for those who chose none, and for nobody else', async () => {
  list.state.set({ ...all, defaultMicrophone: 'usb' })
  expect(captureMicrophone).not.toHaveBeenCalled()
  await room.localParticipant.useMicrophone('')
  captureMicrophone.mockClear()
  list.state.set(all)
  await vi.waitFor(() => expect(told).toEqual([['followed', 'Laptop']]))
  expect(captureMicrophone).toHaveBeenCalledWith({ deviceId: '', processing: {} })
})

it('does not take the first look at the devices for a change', async () => {
  await room.localParticipant.useMicrophone('')
  list.state.set({ ...all, defaultMicrophone: '' })
  captureMicrophone.mockClear()
  list.state.set(all)
  expect(captureMicrophone).not.toHaveBeenCalled()
})

it('opens what a telephone took from the hidden page when it is shown again', async () => {
  vi.useFakeTimers()
  try {
    page.visibilityState = 'hidden'
    captureMicrophone.mockRejectedValueOnce(new CaptureError('device_busy', 'A call.'))
    microphone.endByItself()
    camera.muted = true
    await vi.advanceTimersByTimeAsync(0)
    expect(told).toEqual([])
    page.visibilityState = 'visible'
    page.dispatchEvent(new Event('visibilitychange'))
    await vi.advanceTimersByTimeAsync(1000)
    expect(room.localParticipant.microphone).toMatchObject({ isOff: false, media: { label: 'Laptop' } })
    expect(room.localParticipant.camera.media?.label).toBe('Laptop')
  } finally {
    vi.useRealTimers()
  }
})

it('leaves alone what the person turned off and what the system gave back', async () => {
  vi.useFakeTimers()
  try {
    await room.localParticipant.setCameraOff(true)
    page.dispatchEvent(new Event('visibilitychange'))
    await vi.advanceTimersByTimeAsync(1000)
    expect(captureCamera).not.toHaveBeenCalled()
    expect(captureMicrophone).not.toHaveBeenCalled()
  } finally {
    vi.useRealTimers()
  }
})

it('looks no longer when it is closed', () => {
  devices.close()
  expect(list.close).toHaveBeenCalled()
})
