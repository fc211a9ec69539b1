import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { joinTestRoom, renderInRoom, type RoomInTest } from '../../test/render-in-room.tsx'
import { ControlBar } from './control-bar.tsx'

let here: RoomInTest

beforeEach(async () => {
  vi.stubGlobal(
    'navigator',
    Object.assign(Object.create(navigator), { mediaDevices: { getDisplayMedia() {} } }),
  )
  here = await joinTestRoom()
  renderInRoom(here, <ControlBar />)
})

afterEach(() => here.room.leave())

function pressed(name: string): string | null {
  return screen.getByRole('button', { name }).getAttribute('aria-pressed')
}

function click(name: string): void {
  fireEvent.click(screen.getByRole('button', { name }))
}

test('the microphone button says what it does, and whether the microphone is muted', async () => {
  expect(pressed('Unmute microphone')).toBe('true')
  click('Unmute microphone')
  await waitFor(() => expect(pressed('Mute microphone')).toBe('false'))
  click('Mute microphone')
  await waitFor(() => expect(pressed('Unmute microphone')).toBe('true'))
})

test('the camera button says what it does, and whether the camera is off', async () => {
  expect(pressed('Turn on camera')).toBe('true')
  click('Turn on camera')
  await waitFor(() => expect(pressed('Turn off camera')).toBe('false'))
  click('Turn off camera')
  await waitFor(() => expect(pressed('Turn on camera')).toBe('true'))
})

test('the screen is shared and no longer shared with the same button', async () => {
  expect(pressed('Share screen')).toBe('false')
  click('Share screen')
  await waitFor(() => expect(pressed('Stop sharing')).toBe('true'))
  click('Stop sharing')
  await waitFor(() => expect(pressed('Share screen')).toBe('false'))
})

test('panels open one at a time', () => {
  click('Chat')
  expect([pressed('Chat'), pressed('People')]).toEqual(['true', 'false'])
  click('People')
  expect([pressed('Chat'), pressed('People')]).toEqual(['false', 'true'])
  click('People')
  expect([pressed('Chat'), pressed('People')]).toEqual(['false', 'false'])
})

test('the chat button counts what others wrote until the panel is opened', async () => {
  const message = (participantId: string) => ({
    id: crypto.randomUUID(),
    participantId,
    name: 'Somebody',
    text: 'Hello',
    sentAt: '2026-01-01T10:00:00.000Z',
  })
  const description = () => {
    const id = screen.getByRole('button', { name: 'Chat' }).getAttribute('aria-describedby')
    return id === null ? null : document.getElementById(id)?.textContent
  }
  expect(description()).toBeNull()
  await act(async () => {
    here.fake.server.notify('chat.messageSent', message(here.ana.id))
    here.fake.server.notify('chat.messageSent', message(here.room.localParticipant.id))
    here.fake.server.notify('chat.messageSent', message(here.ana.id))
  })
  await waitFor(() => expect(description()).toBe('2 unread messages'))
  click('Chat')
  expect(description()).toBeNull()
  click('Chat')
  expect(description()).toBeNull()
})

test('leaving ends the stay', () => {
  click('Leave')
  expect(here.room.state.get()).toEqual({ status: 'ended', reason: 'left' })
})
