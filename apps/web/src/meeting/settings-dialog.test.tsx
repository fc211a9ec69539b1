import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { joinTestRoom, renderInRoom, type RoomInTest } from '../../test/render-in-room.tsx'
import { readPreference } from '../lib/preferences.ts'
import { SettingsDialog } from './settings-dialog.tsx'

const devices = [
  { kind: 'audioinput', deviceId: 'default', label: 'Default - Headset', groupId: 'g' },
  { kind: 'audioinput', deviceId: 'usb', label: 'Headset', groupId: 'g' },
  { kind: 'videoinput', deviceId: 'cam', label: 'Webcam', groupId: 'g' },
]
let here: RoomInTest

beforeEach(async () => {
  localStorage.clear()
  const mediaDevices = Object.assign(new EventTarget(), { enumerateDevices: () => Promise.resolve(devices) })
  vi.stubGlobal('navigator', Object.assign(Object.create(navigator), { mediaDevices }))
  here = await joinTestRoom()
  await act(async () => renderInRoom(here, <SettingsDialog onClose={() => undefined} />))
})

const names = (label: string) =>
  [...screen.getByLabelText<HTMLSelectElement>(label).options].map(({ text }) => text)
const switchOf = (name: string) => screen.getByRole<HTMLInputElement>('switch', { name })

test('devices are chosen for now and for later; the system default is the first choice', async () => {
  expect(names('Microphone')).toEqual(['System default', 'Headset'])
  const use = vi.spyOn(here.room.localParticipant, 'useMicrophone')
  fireEvent.change(screen.getByLabelText('Microphone'), { target: { value: 'usb' } })
  expect(use).toHaveBeenCalledWith('usb')
  expect(readPreference('microphoneId')).toBe('usb')
})

test('a device that was chosen and is unplugged stays in the list', async () => {
  fireEvent.change(screen.getByLabelText('Microphone'), { target: { value: 'usb' } })
  const headset = devices.splice(1, 1)
  await act(async () => void navigator.mediaDevices.dispatchEvent(new Event('devicechange')))
  expect(names('Microphone')).toEqual(['System default', 'Headset (not connected)'])
  devices.splice(1, 0, ...headset)
})

test('what is done to the sound takes effect at once; music rules out the rest', async () => {
  const process = vi.spyOn(here.room.localParticipant, 'setSoundProcessing')
  fireEvent.click(switchOf('Noise suppression'))
  expect(process).toHaveBeenLastCalledWith({
    echoCancellation: true,
    noiseSuppression: false,
    autoGainControl: true,
    music: false,
  })
  fireEvent.click(switchOf('Music mode'))
  expect(process).toHaveBeenLastCalledWith(expect.objectContaining({ music: true }))
  expect([switchOf('Echo cancellation').checked, switchOf('Echo cancellation').disabled]).toEqual([
    false,
    true,
  ])
  fireEvent.click(switchOf('Music mode'))
  expect([switchOf('Echo cancellation').checked, switchOf('Noise suppression').checked]).toEqual([
    true,
    false,
  ])
  expect(readPreference('noiseSuppression')).toBe('off')
})

test('the own picture is mirrored unless that is switched off', async () => {
  fireEvent.click(screen.getByRole('tab', { name: 'Video' }))
  await act(() => here.room.localParticipant.setCameraOff(false))
  const video = () => screen.getByRole('tabpanel').querySelector('video')
  await waitFor(() => expect(video()?.className).toContain('mirrored'))
  fireEvent.click(switchOf('Mirror my own picture'))
  expect(video()?.className).not.toContain('mirrored')
})

test('pictures go out as one chooses, now and in later meetings', async () => {
  fireEvent.click(screen.getByRole('tab', { name: 'Video' }))
  expect(names('Video format that I send')).toEqual(['Automatic', 'VP8', 'VP9', 'H.264', 'AV1'])
  fireEvent.change(screen.getByLabelText('Video format that I send'), { target: { value: 'av1' } })
  expect(here.fake.topology.codec).toBe('av1')
  expect(readPreference('videoCodec')).toBe('av1')
  fireEvent.click(switchOf('Smooth motion in what I share'))
  expect(readPreference('smoothScreen')).toBe('on')
})

test('pictures cost as much as one chooses, and one can keep from connecting directly', async () => {
  fireEvent.click(screen.getByRole('tab', { name: 'Connection' }))
  expect(names('Quality of pictures')[0]).toBe('Automatic')
  fireEvent.change(screen.getByLabelText('Quality of pictures'), { target: { value: 'low' } })
  expect(here.fake.topology.quality).toBe('low')
  expect(here.room.quality.get()).toBe('low')
  fireEvent.click(switchOf('Connect directly in small calls'))
  expect(readPreference('direct')).toBe('off')
})
