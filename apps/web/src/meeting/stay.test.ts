import { FAKE_CODE } from '@video-meet/client/testing'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { joinTestRoom, type RoomInTest } from '../../test/render-in-room.tsx'
import { followChoice, interruptedStay, rememberStay } from './stay.ts'

class Navigation {
  readonly type: string

  constructor(type: string) {
    this.type = type
  }
}

let here: RoomInTest

beforeEach(async () => {
  vi.stubGlobal('PerformanceNavigationTiming', Navigation)
  here = await joinTestRoom()
})

afterEach(() => {
  vi.useRealTimers()
  sessionStorage.clear()
})

function openedBy(type: 'reload' | 'navigate'): void {
  vi.spyOn(performance, 'getEntriesByType').mockReturnValue([new Navigation(type)] as never)
}

test('a reload finds the stay it interrupted, with what was on', async () => {
  rememberStay(here.room)
  await here.room.localParticipant.setMicrophoneMuted(false)
  openedBy('reload')
  expect(interruptedStay(FAKE_CODE)).toMatchObject({ name: 'Me', microphone: true, camera: false })
})

test('a page that is opened in another way finds none', () => {
  rememberStay(here.room)
  openedBy('navigate')
  expect(interruptedStay(FAKE_CODE)).toBeNull()
})

test('whoever left does not come back by reloading', async () => {
  rememberStay(here.room)
  await here.room.leave()
  openedBy('reload')
  expect(interruptedStay(FAKE_CODE)).toBeNull()
})

test('a tab that is restored after the seat was given up finds none', () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  rememberStay(here.room)
  openedBy('reload')
  vi.setSystemTime(Date.now() + 600_000)
  dispatchEvent(new Event('pagehide'))
  vi.setSystemTime(Date.now() + 119_000)
  expect(interruptedStay(FAKE_CODE)).not.toBeNull()
  vi.setSystemTime(Date.now() + 2_000)
  expect(interruptedStay(FAKE_CODE)).toBeNull()
})

test('what was on at the end of a stay is known after it', async () => {
  const choice = followChoice(here.room)
  await here.room.localParticipant.setMicrophoneMuted(false)
  await here.room.localParticipant.setCameraOff(false)
  await here.room.localParticipant.setCameraOff(true)
  here.fake.server.notify('room.participantChanged', { id: here.room.localParticipant.id, name: 'Myself' })
  await vi.waitFor(() => expect(choice().name).toBe('Myself'))
  here.fake.server.notify('room.ended', { reason: 'waiting_room' })
  await vi.waitFor(() => expect(here.room.state.get().status).toBe('ended'))
  expect(choice()).toMatchObject({ name: 'Myself', microphone: true, camera: false })
})
