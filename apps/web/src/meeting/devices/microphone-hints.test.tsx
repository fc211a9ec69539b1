import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { FakeTrack } from '@video-meet/client/testing'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { joinTestRoom, renderInRoom, type RoomInTest } from '../../../test/render-in-room.tsx'
import { readPreference } from '../../lib/preferences.ts'
import { noticeShown } from '../../store/ui-slice.ts'
import { DeviceCare } from './device-care.tsx'

/** What the microphone gives: amplitude of every sample. */
let amplitude: number
let here: RoomInTest

class FakeContext {
  readonly state = 'running'
  resume = () => Promise.resolve()
  close = () => Promise.resolve()
  createMediaStreamSource = () => ({ connect() {}, disconnect() {} })
}

class FakeAnalyser {
  readonly fftSize = 16
  getFloatTimeDomainData = (samples: Float32Array) => void samples.fill(amplitude)
}

beforeEach(async () => {
  localStorage.clear()
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  vi.stubGlobal('AudioContext', FakeContext)
  vi.stubGlobal('AnalyserNode', FakeAnalyser)
  amplitude = 0.2
  here = await joinTestRoom()
  here.room.localParticipant.microphone.begin(new FakeTrack('audio'), { chosenId: '', off: true })
  renderInRoom(here, <DeviceCare />)
})

afterEach(() => vi.useRealTimers())

const pass = (seconds: number) => act(() => vi.advanceTimersByTimeAsync(seconds * 1000))
const hint = () => screen.queryByRole('status')?.textContent

test('who talks while muted is told in a live region, and can unmute there', async () => {
  expect(hint()).toBe('')
  await pass(2)
  expect(hint()).toContain('You are muted. Hold Space to talk.')
  fireEvent.click(screen.getByRole('button', { name: 'Unmute' }))
  await waitFor(() => expect(here.room.localParticipant.microphone.isOff).toBe(false))
  await pass(0.2)
  expect(hint()).toBe('')
})

test('who does not want to be told is not, and nobody listens any more', async () => {
  await pass(2)
  fireEvent.click(screen.getByRole('button', { name: 'Don’t tell me again' }))
  expect(screen.queryByRole('status')).toBeNull()
  expect(readPreference('talkHints')).toBe('off')
  expect(vi.getTimerCount()).toBe(0)
})

test('who may not speak, or was asked to just now, is not told', async () => {
  act(() => void here.store.dispatch(noticeShown('Ana asks you to unmute.', 'calm', 'microphone')))
  await pass(2)
  expect(hint()).toBe('')
})

test('an open microphone that gives nothing at all is told', async () => {
  amplitude = 0
  await act(() => here.room.localParticipant.setMicrophoneMuted(false))
  await pass(7)
  expect(hint()).toContain('Your microphone gives no sound.')
  fireEvent.click(screen.getByRole('button', { name: 'Settings' }))
  expect(here.store.getState().ui.openDialog).toBe('settings')
  fireEvent.click(screen.getByRole('button', { name: 'Dismiss this hint' }))
  expect(hint()).toBe('')
})
