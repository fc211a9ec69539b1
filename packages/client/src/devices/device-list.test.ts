import { expect, it, vi } from 'vitest'
import { deviceList } from './device-list.ts'

function stubDevices(devices: { kind: string; deviceId: string; label: string }[]): EventTarget {
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
  expect(list.state.get()).toEqual({ microphones: [], cameras: [], speakers: [] })
  list.close()
})
