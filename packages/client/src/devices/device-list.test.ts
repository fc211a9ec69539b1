import { expect, it, vi } from 'vitest'
import { deviceList } from './device-list.ts'

interface FakeDevice {
  kind: string
  deviceId: string
  label: string
  groupId?: string
}

function stubDevices(devices: FakeDevice[]): EventTarget {
  const mediaDevices = Object.assign(new EventTarget(), { enumerateDevices: () => Promise.resolve(devices) })
  vi.stubGlobal('navigator', { mediaDevices })
  return mediaDevices
}

it('lists devices by kind and follows those that come and go, until it is closed', async () => {
  const devices = [
    { kind: 'audioinput', deviceId: 'm', label: 'Microphone' },
    { kind: 'videoinput', deviceId: 'c', label: 'Camera' },
    { kind: 'audiooutput', deviceId: 's', label: 'Speaker' },
    { kind: 'videoinput', deviceId: '', label: '' },
  ]
  const mediaDevices = stubDevices(devices)
  const list = deviceList()
  await vi.waitFor(() =>
    expect(list.state.get()).toEqual({
      microphones: [{ deviceId: 'm', label: 'Microphone' }],
      cameras: [{ deviceId: 'c', label: 'Camera' }],
      speakers: [{ deviceId: 's', label: 'Speaker' }],
      defaultMicrophone: 'm',
    }),
  )
  devices.splice(1, 1)
  mediaDevices.dispatchEvent(new Event('devicechange'))
  await vi.waitFor(() => expect(list.state.get().cameras).toEqual([]))
  list.close()
  const last = list.state.get()
  devices.length = 0
  mediaDevices.dispatchEvent(new Event('devicechange'))
  await list.refresh()
  expect(list.state.get()).toBe(last)
})

it('is empty where the page may not see devices', async () => {
  vi.stubGlobal('navigator', {})
  const list = deviceList()
  await list.refresh()
  expect(list.state.get()).toEqual({ microphones: [], cameras: [], speakers: [], defaultMicrophone: '' })
  list.close()
})

it('keeps entries out that stand for another device, and tells when the default becomes another', async () => {
  const kind = 'audioinput'
  const devices = [
    { kind, deviceId: 'default', label: 'Default - Headset', groupId: 'g1' },
    { kind, deviceId: 'a', label: 'Headset', groupId: 'g1' },
    { kind, deviceId: 'b', label: 'Webcam', groupId: 'g2' },
  ]
  const mediaDevices = stubDevices(devices)
  const list = deviceList()
  await vi.waitFor(() =>
    expect(list.state.get().microphones.map(({ deviceId }) => deviceId)).toEqual(['a', 'b']),
  )
  const before = list.state.get().defaultMicrophone
  await list.refresh()
  expect(list.state.get().defaultMicrophone).toBe(before)
  devices[0] = { kind, deviceId: 'default', label: 'Default - Webcam', groupId: 'g2' }
  mediaDevices.dispatchEvent(new Event('devicechange'))
  await vi.waitFor(() => expect(list.state.get().defaultMicrophone).not.toBe(before))
  list.close()
})

it('calls devices by the names they had when their use was allowed', async () => {
  const kept = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  })
  const camera = { kind: 'videoinput', deviceId: 'c', label: 'Camera' }
  stubDevices([camera])
  const list = deviceList()
  await list.refresh()
  camera.label = ''
  await list.refresh()
  expect(list.state.get().cameras).toEqual([{ deviceId: 'c', label: 'Camera' }])
  list.close()
})
