import { beforeEach, describe, expect, it, vi } from 'vitest'
import { FakeTrack } from '../testing/fake-track.ts'
import { captureErrorFrom } from './capture-error.ts'
import { captureBoth, captureCamera, captureMicrophone } from './capture.ts'
import { captureScreen, hintScreen } from './screen-capture.ts'

type Capture = (constraints: MediaStreamConstraints) => Promise<unknown>

const getUserMedia = vi.fn<Capture>()
const getDisplayMedia = vi.fn<Capture>()
let permissions: Record<string, string>

function streamOf(...tracks: FakeTrack[]) {
  return {
    getAudioTracks: () => tracks.filter(({ kind }) => kind === 'audio'),
    getVideoTracks: () => tracks.filter(({ kind }) => kind === 'video'),
  }
}

function failure(name: string, message = 'Failed.'): DOMException {
  return new DOMException(message, name)
}

beforeEach(() => {
  getUserMedia.mockReset()
  getDisplayMedia.mockReset()
  permissions = {}
  vi.stubGlobal('isSecureContext', true)
  vi.stubGlobal('navigator', {
    mediaDevices: { getUserMedia, getDisplayMedia },
    permissions: { query: ({ name }: { name: string }) => Promise.resolve({ state: permissions[name] }) },
  })
})

describe('the reason of a failed capture', () => {
  it.each([
    ['NotAllowedError', 'permission_denied'],
    ['SecurityError', 'permission_denied'],
    ['NotFoundError', 'no_device'],
    ['OverconstrainedError', 'no_device'],
    ['NotReadableError', 'device_busy'],
    ['AbortError', 'device_busy'],
    ['SomethingNewError', 'unknown'],
  ])('of %s is %s', (name, reason) => {
    const error = failure(name)
    expect(captureErrorFrom(error)).toMatchObject({ name: 'CaptureError', reason, cause: error })
  })

  it('of something that is no error is unknown', () => {
    expect(captureErrorFrom('oops')).toMatchObject({ reason: 'unknown' })
  })
})

describe('capturing a microphone or camera', () => {
  it('takes the chosen device and cleans the voice', async () => {
    const track = new FakeTrack('audio')
    getUserMedia.mockResolvedValue(streamOf(track))
    await expect(captureMicrophone({ deviceId: 'usb' })).resolves.toBe(track)
    expect(getUserMedia).toHaveBeenCalledWith({
      audio: {
        deviceId: { exact: 'usb' },
        channelCount: { ideal: 1 },
        echoCancellation: true,
        noiseSuppression: true,
        autoGainControl: true,
      },
    })
  })

  it('leaves the voice as it is where the person wants that, one by one', async () => {
    getUserMedia.mockResolvedValue(streamOf(new FakeTrack('audio')))
    await captureMicrophone({ processing: { noiseSuppression: false } })
    expect(getUserMedia.mock.calls[0]?.[0].audio).toMatchObject({
      channelCount: { ideal: 1 },
      echoCancellation: true,
      noiseSuppression: false,
      autoGainControl: true,
    })
  })

  it('takes music in stereo, with nothing done to it', async () => {
    const track = new FakeTrack('audio')
    getUserMedia.mockResolvedValue(streamOf(track))
    await captureMicrophone({ processing: { music: true, echoCancellation: true } })
    expect(getUserMedia.mock.calls[0]?.[0].audio).toEqual({
      channelCount: { ideal: 2 },
      echoCancellation: false,
      noiseSuppression: false,
      autoGainControl: false,
    })
    expect(track.contentHint).toBe('music')
  })

  it('takes another device when the chosen one is gone', async () => {
    const track = new FakeTrack('video')
    getUserMedia.mockRejectedValueOnce(failure('OverconstrainedError'))
    getUserMedia.mockResolvedValue(streamOf(track))
    await expect(captureCamera({ deviceId: 'gone' })).resolves.toBe(track)
    expect(getUserMedia.mock.calls[1]?.[0].video).not.toHaveProperty('deviceId')
  })

  it('does not insist when there is no device at all', async () => {
    getUserMedia.mockRejectedValue(failure('NotFoundError'))
    await expect(captureCamera()).rejects.toMatchObject({ reason: 'no_device' })
    expect(getUserMedia).toHaveBeenCalledOnce()
  })

  it('asks for 720p, from any camera when none is chosen', async () => {
    const track = new FakeTrack('video')
    getUserMedia.mockResolvedValue(streamOf(track))
    await expect(captureCamera({ deviceId: '' })).resolves.toBe(track)
    expect(getUserMedia).toHaveBeenCalledWith({
      video: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 30 } },
    })
  })

  it('says that the page is not secure, or the browser too old, without asking', async () => {
    vi.stubGlobal('isSecureContext', false)
    await expect(captureCamera()).rejects.toMatchObject({ reason: 'insecure_context' })
    vi.stubGlobal('isSecureContext', true)
    vi.stubGlobal('navigator', {})
    await expect(captureCamera()).rejects.toMatchObject({ reason: 'unsupported' })
  })
})

describe('capturing both', () => {
  it('asks once', async () => {
    const [microphone, camera] = [new FakeTrack('audio'), new FakeTrack('video')]
    getUserMedia.mockResolvedValue(streamOf(microphone, camera))
    await expect(captureBoth()).resolves.toEqual({ microphone, camera })
    expect(getUserMedia).toHaveBeenCalledOnce()
  })

  it('gets the microphone when there is no camera', async () => {
    const microphone = new FakeTrack('audio')
    getUserMedia.mockImplementation(({ video }) =>
      video ? Promise.reject(failure('NotFoundError')) : Promise.resolve(streamOf(microphone)),
    )
    const both = await captureBoth()
    expect(both.microphone).toBe(microphone)
    expect(both.camera).toMatchObject({ reason: 'no_device' })
  })

  it('does not ask again after a refusal, except for what is allowed already', async () => {
    const microphone = new FakeTrack('audio')
    permissions = { microphone: 'granted', camera: 'denied' }
    getUserMedia.mockImplementation(({ video }) =>
      video ? Promise.reject(failure('NotAllowedError')) : Promise.resolve(streamOf(microphone)),
    )
    const both = await captureBoth()
    expect(both.microphone).toBe(microphone)
    expect(both.camera).toMatchObject({ reason: 'permission_denied' })
    expect(getUserMedia).toHaveBeenCalledTimes(2)
  })

  it('says the same of both on an insecure page', async () => {
    vi.stubGlobal('isSecureContext', false)
    const both = await captureBoth()
    expect(both.microphone).toMatchObject({ reason: 'insecure_context' })
    expect(both.camera).toBe(both.microphone)
  })
})

describe('capturing a screen', () => {
  it('hints that text matters, and takes the sound along', async () => {
    const [screen, sound] = [new FakeTrack('video'), new FakeTrack('audio')]
    getDisplayMedia.mockResolvedValue(streamOf(screen, sound))
    await expect(captureScreen()).resolves.toEqual({ screen, screenAudio: sound })
    expect([screen.contentHint, sound.contentHint]).toEqual(['detail', 'music'])
  })

  it('lets the frame rate or the sharpness give way, as the person says', () => {
    const screen = new FakeTrack('video')
    const constrained = vi
      .spyOn(screen, 'applyConstraints')
      .mockRejectedValue(failure('OverconstrainedError'))
    hintScreen(screen, 'motion')
    expect(screen.contentHint).toBe('motion')
    expect(constrained.mock.lastCall?.[0]).toMatchObject({ frameRate: { ideal: 30 }, width: { max: 1920 } })
    hintScreen(screen, 'text')
    expect(screen.contentHint).toBe('detail')
    expect(constrained.mock.lastCall?.[0]).toMatchObject({ frameRate: { ideal: 15 } })
  })

  it('has no sound when none is shared', async () => {
    getDisplayMedia.mockResolvedValue(streamOf(new FakeTrack('video')))
    await expect(captureScreen()).resolves.toMatchObject({ screenAudio: null })
  })

  it.each([
    ['the person closes the picker', failure('NotAllowedError', 'Permission denied'), 'cancelled'],
    ['the system forbids it', failure('NotAllowedError', 'Permission denied by system'), 'permission_denied'],
    ['the screen cannot be read', failure('NotReadableError'), 'device_busy'],
  ])('rejects when %s', async (_case, error, reason) => {
    getDisplayMedia.mockRejectedValue(error)
    await expect(captureScreen()).rejects.toMatchObject({ name: 'CaptureError', reason })
  })

  it('is not supported on telephones', async () => {
    vi.stubGlobal('navigator', { mediaDevices: { getUserMedia } })
    await expect(captureScreen()).rejects.toMatchObject({ reason: 'unsupported' })
  })
})
