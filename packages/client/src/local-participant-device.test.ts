import { beforeEach, describe, expect, it, vi } from 'vitest'
import { CaptureError } from './errors.ts'
import type { CaptureFunctions } from './local-participant.ts'
import type { Room } from './room.ts'
import { type FakeSession, createFakeSession } from './testing/fake-session.ts'
import { FakeTrack } from './testing/fake-track.ts'

const captureMicrophone = vi.fn<CaptureFunctions['captureMicrophone']>()
const captureCamera = vi.fn<CaptureFunctions['captureCamera']>()
let fake: FakeSession
let room: Room
let microphone: FakeTrack
let camera: FakeTrack
let told: unknown[]

beforeEach(async () => {
  told = []
  captureMicrophone.mockReset().mockImplementation(async () => new FakeTrack('audio'))
  captureCamera.mockReset().mockImplementation(async () => new FakeTrack('video'))
  microphone = new FakeTrack('audio', { deviceId: 'usb' })
  camera = new FakeTrack('video', { deviceId: 'front' })
  fake = createFakeSession()
  const capture = { captureMicrophone, captureCamera, captureScreen: () => Promise.reject(new Error('no')) }
  room = await fake.join({ microphone, camera, parts: { capture } })
  for (const device of ['microphone', 'camera'] as const) {
    room.localParticipant[device].on('replaced', (before, after) => told.push([device, before, after]))
    room.localParticipant[device].on('lost', (before, error) => told.push([device, before, error?.reason]))
  }
})

const sent = (source: 'microphone' | 'camera') => fake.topology.published.get(source)

describe('changing to another device', () => {
  it('lets the one before go on until the other one is sent', async () => {
    await room.localParticipant.useMicrophone('headset')
    expect(sent('microphone')?.mediaTrack).not.toBe(microphone)
    expect([microphone.readyState, microphone.enabled]).toEqual(['live', true])
    await vi.waitFor(() => expect(microphone.readyState).toBe('ended'))
  })

  it('silences the one before at once when the person mutes meanwhile', async () => {
    await room.localParticipant.useMicrophone('headset')
    void room.localParticipant.setMicrophoneMuted(true)
    expect(microphone.readyState).toBe('ended')
  })

  it('releases the one before with the other when the camera is turned off, and at the end', async () => {
    await room.localParticipant.useCamera('back')
    void room.localParticipant.setCameraOff(true)
    expect(camera.readyState).toBe('ended')
    await room.localParticipant.useMicrophone('headset')
    await room.leave()
    expect(microphone.readyState).toBe('ended')
  })

  it('keeps the one before when the other one cannot be had', async () => {
    captureMicrophone.mockRejectedValue(new CaptureError('permission_denied', 'No.'))
    await expect(room.localParticipant.useMicrophone('headset')).rejects.toThrow('No.')
    expect(sent('microphone')).toMatchObject({ mediaTrack: microphone, muted: false })
    expect(microphone.readyState).toBe('live')
  })
})

describe('a device that ends by itself', () => {
  it('is replaced by what there is, and the choice stays', async () => {
    microphone.endByItself()
    expect(sent('microphone')).toEqual({ mediaTrack: null, muted: true })
    await vi.waitFor(() => expect(sent('microphone')).toMatchObject({ muted: false }))
    expect(told).toEqual([['microphone', microphone, room.localParticipant.microphone.media]])
    expect(captureMicrophone).toHaveBeenCalledWith({ deviceId: 'usb', processing: {} })
    expect(room.localParticipant.microphone.chosenId).toBe('usb')
  })

  it('leaves the other one alone, and is off when there is nothing in its place', async () => {
    captureCamera.mockRejectedValue(new CaptureError('device_busy', 'In use.'))
    camera.endByItself()
    await vi.waitFor(() => expect(told).toEqual([['camera', camera, 'device_busy']]))
    expect(sent('camera')).toEqual({ mediaTrack: null, muted: true })
    expect(sent('microphone')).toMatchObject({ muted: false, mediaTrack: microphone })
  })

  it('is not opened for somebody who is muted, until they unmute', async () => {
    void room.localParticipant.setMicrophoneMuted(true)
    microphone.endByItself()
    expect(told).toEqual([['microphone', microphone, undefined]])
    expect(captureMicrophone).not.toHaveBeenCalled()
    await room.localParticipant.setMicrophoneMuted(false)
    expect(sent('microphone')).toMatchObject({ muted: false })
  })

  it('is given up when what replaces it ends as well', async () => {
    const second = new FakeTrack('video')
    captureCamera.mockImplementation(async () => second)
    camera.endByItself()
    await vi.waitFor(() => expect(told).toHaveLength(1))
    second.endByItself()
    expect(told[1]).toEqual(['camera', second, undefined])
    expect(captureCamera).toHaveBeenCalledOnce()
  })
})

describe('what is done to the sound', () => {
  it('changes with a microphone in place of the one before', async () => {
    await room.localParticipant.setSoundProcessing({ noiseSuppression: false })
    expect(captureMicrophone).toHaveBeenCalledWith({
      deviceId: 'usb',
      processing: { noiseSuppression: false },
    })
    expect(sent('microphone')?.mediaTrack).toBe(room.localParticipant.microphone.media)
  })

  it('is negotiated anew for music, and muted people stay muted', async () => {
    const events: string[] = []
    room.on('trackUnpublished', ({ source }) => events.push(`unpublished ${source}`))
    room.on('trackPublished', ({ source }) => events.push(`published ${source}`))
    void room.localParticipant.setMicrophoneMuted(true)
    await room.localParticipant.setSoundProcessing({ music: true })
    expect(events).toEqual(['unpublished microphone', 'published microphone'])
    expect(sent('microphone')).toMatchObject({ muted: true, mediaTrack: { enabled: false } })
  })

  it('opens nothing by itself', async () => {
    await room.localParticipant.setCameraOff(true)
    await room.localParticipant.useCamera('back')
    expect(captureCamera).not.toHaveBeenCalled()
  })
})

it('a person who follows the system does so after joining too', async () => {
  const other = createFakeSession()
  const joined = await other.join({
    microphone: new FakeTrack('audio', { deviceId: 'usb' }),
    microphoneId: '',
  })
  expect(joined.localParticipant.microphone.chosenId).toBe('')
})
