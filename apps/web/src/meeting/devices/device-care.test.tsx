import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { CaptureError } from '@video-meet/client'
import { FakeTrack } from '@video-meet/client/testing'
import { beforeEach, expect, test, vi } from 'vitest'
import { joinTestRoom, renderInRoom, type RoomInTest } from '../../../test/render-in-room.tsx'
import { NoticeToast } from '../notice-toast.tsx'
import { DeviceCare } from './device-care.tsx'

const headset = { kind: 'audioinput', deviceId: 'usb', label: 'Headset', groupId: 'g' }
const laptop = { kind: 'audioinput', deviceId: 'own', label: 'Laptop', groupId: 'g' }
let here: RoomInTest
let plugged: (typeof headset)[]
let mediaDevices: EventTarget

class NamedTrack extends FakeTrack {
  override readonly label: string
  constructor({ deviceId, label }: typeof headset) {
    super('audio', { deviceId })
    this.label = label
  }
}

async function plug(...devices: (typeof headset)[]): Promise<void> {
  plugged = devices
  await act(async () => void mediaDevices.dispatchEvent(new Event('devicechange')))
}

beforeEach(async () => {
  plugged = [headset, laptop]
  mediaDevices = Object.assign(new EventTarget(), { enumerateDevices: () => Promise.resolve(plugged) })
  vi.stubGlobal('navigator', Object.assign(Object.create(navigator), { mediaDevices }))
  here = await joinTestRoom()
  await act(async () =>
    renderInRoom(
      here,
      <>
        <NoticeToast />
        <DeviceCare />
      </>,
    ),
  )
})

/** Both names of what takes over come from the tracks, so they are put in place of those of the fake session. */
function openMicrophone(): { first: FakeTrack } {
  const { microphone } = here.room.localParticipant
  const first = new NamedTrack(headset)
  microphone.begin(first, { chosenId: 'usb', off: false })
  return { first }
}

const said = () => screen.getByRole('alert').textContent

test('names the device that is gone and the one in its place, and takes it back when it is there again', async () => {
  const { first } = openMicrophone()
  await plug(laptop)
  await act(async () => first.endByItself())
  await waitFor(() => expect(said()).toBe('“Headset” is gone. You are using “Fake audio” now.'))
  await plug(headset, laptop)
  await waitFor(() => expect(said()).toContain('“Headset” is back.'))
  const use = vi.spyOn(here.room.localParticipant, 'useMicrophone')
  fireEvent.click(screen.getByRole('button', { name: 'Use it again' }))
  expect(use).toHaveBeenCalledWith('usb')
  expect(said()).toBe('')
})

test('says that something else has the camera', async () => {
  const camera = new FakeTrack('video')
  here.room.localParticipant.camera.begin(camera, { chosenId: '', off: false })
  vi.spyOn(here.room.localParticipant.camera, 'setOff').mockRejectedValue(
    new CaptureError('device_busy', 'No.'),
  )
  await act(async () => camera.endByItself())
  await waitFor(() => expect(said()).toMatch(/^Your camera is in use by another program/))
})
