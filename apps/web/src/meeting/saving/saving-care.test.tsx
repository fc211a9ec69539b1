import { act, fireEvent, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { joinTestRoom, renderInRoom, type RoomInTest } from '../../../test/render-in-room.tsx'
import { ConnectionSettings } from '../connection-settings.tsx'
import { SavingCare } from './saving-care.tsx'

let here: RoomInTest
let fractionLost: number

beforeEach(async () => {
  localStorage.clear()
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] })
  here = await joinTestRoom()
  await act(() => here.room.localParticipant.setCameraOff(false))
  sendCamera()
  fractionLost = 0
})

afterEach(() => {
  vi.useRealTimers()
})

function sendCamera(): void {
  let bytesSent = 0
  const sender = {
    getStats() {
      bytesSent += 100_000
      const timestamp = Date.now()
      const outbound = { id: 'out', type: 'outbound-rtp', timestamp, bytesSent }
      const report = { id: 'report', type: 'remote-inbound-rtp', timestamp, fractionLost }
      return Promise.resolve(new Map<string, unknown>(Object.entries({ outbound, report })))
    },
  } as unknown as RTCRtpSender
  here.fake.topology.sending.push({ way: 'sfu', source: 'camera', to: null, sender })
}

/** For some seconds so much is lost. */
async function pass(seconds: number, lost: number): Promise<void> {
  fractionLost = lost
  for (let passed = 0; passed < seconds; passed += 2) await act(() => vi.advanceTimersByTimeAsync(2000))
}

const button = (name: string) => screen.queryByRole('button', { name })
const quality = () => here.room.quality.get()

test('who has a bad connection is asked, saves, and sees everyone again when it is good', async () => {
  renderInRoom(here, <SavingCare />)
  const focused = document.activeElement
  await pass(14, 0.3)
  expect(screen.getByRole('status').textContent).toContain('Your connection is bad.')
  expect(document.activeElement).toBe(focused)
  fireEvent.click(screen.getByRole('button', { name: 'Save data' }))
  expect([quality(), here.fake.topology.quality]).toEqual(['saving', 'saving'])
  expect(screen.getByRole('status').textContent).toContain('Saving data')
  await pass(34, 0)
  expect(quality()).toBe('auto')
  expect(screen.getByRole('status').textContent).toBe('')
  expect(here.store.getState().ui.notice?.text).toBe('Your connection is better: you see everyone again.')
})

test('who does not want it is left alone for five minutes', async () => {
  renderInRoom(here, <SavingCare />)
  await pass(14, 0.3)
  fireEvent.click(screen.getByRole('button', { name: 'Not now' }))
  expect(button('Save data')).toBeNull()
  await pass(280, 0.3)
  expect(button('Save data')).toBeNull()
  await pass(30, 0.3)
  expect(button('Save data')).not.toBeNull()
})

test('saving can be ended at any time, also by who chose it in the settings', async () => {
  renderInRoom(here, <SavingCare />)
  await pass(14, 0.3)
  fireEvent.click(screen.getByRole('button', { name: 'Save data' }))
  fireEvent.click(screen.getByRole('button', { name: 'Stop saving' }))
  expect(quality()).toBe('auto')
  act(() => here.room.setQuality('saving'))
  fireEvent.click(screen.getByRole('button', { name: 'Stop saving' }))
  expect(quality()).toBe('auto')
})

test('in the settings one can have it done by itself, or not at all', async () => {
  renderInRoom(
    here,
    <>
      <SavingCare />
      <ConnectionSettings />
    </>,
  )
  const choose = (value: string) =>
    fireEvent.change(screen.getByLabelText('When the connection is bad'), { target: { value } })
  choose('never')
  await pass(60, 0.3)
  expect(button('Save data')).toBeNull()
  choose('switch')
  await pass(14, 0.3)
  expect(quality()).toBe('saving')
  expect(here.store.getState().ui.notice?.text).toContain('so data is saved')
  choose('never')
  expect(quality()).toBe('auto')
  choose('ask')
  expect(localStorage.getItem('video-meet.saving')).toBe('ask')
})
