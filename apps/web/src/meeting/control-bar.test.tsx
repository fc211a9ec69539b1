import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { FakeRefusal } from '@video-meet/client/testing'
import type { Capability, RoomRole } from '@video-meet/protocol'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
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

describe('what the person may not do', () => {
  const button = (name: string) => screen.getByRole('button', { name })
  const mayNow = (may: Capability[], role: RoomRole = 'participant') =>
    act(async () => {
      here.fake.server.notify('room.participantChanged', { id: here.room.localParticipant.id, may, role })
    })
  const reasonOf = (name: string) => {
    const id = button(name).getAttribute('aria-describedby')
    return id === null ? null : document.getElementById(id)?.textContent
  }

  test('is shown but cannot be pressed, and says why; it follows at once', async () => {
    await mayNow(['camera'])
    await waitFor(() => expect(button('Unmute microphone').getAttribute('aria-disabled')).toBe('true'))
    expect(reasonOf('Unmute microphone')).toBe('You cannot unmute until the host lets you.')
    expect(button('Raise hand').getAttribute('aria-disabled')).toBe('true')
    expect(button('Turn on camera').getAttribute('aria-disabled')).toBeNull()
    click('Unmute microphone')
    click('Raise hand')
    expect(here.fake.server.inputsOf('hands.raise')).toEqual([])
    await mayNow(['microphone'])
    await waitFor(() => expect(reasonOf('Unmute microphone')).toBeNull())
    click('Unmute microphone')
    await waitFor(() => expect(pressed('Mute microphone')).toBe('false'))
  })

  test('observers have nothing to switch on', async () => {
    await mayNow(['chat'], 'observer')
    await waitFor(() => expect(screen.queryByRole('button', { name: /microphone/ })).toBeNull())
    for (const name of [/camera/, /screen/, /hand/]) expect(screen.queryByRole('button', { name })).toBeNull()
    expect(button('Chat')).toBeDefined()
  })
})

test('the hand goes up and down with the same button', async () => {
  click('Raise hand')
  await waitFor(() => expect(here.fake.server.inputsOf('hands.raise')).toHaveLength(1))
  const raisedAt = '2026-01-01T10:00:00.000Z'
  await act(async () => {
    here.fake.server.notify('hands.changed', {
      raised: [{ participantId: here.room.localParticipant.id, raisedAt }],
    })
  })
  await waitFor(() => expect(pressed('Lower hand')).toBe('true'))
  click('Lower hand')
  await waitFor(() => expect(here.fake.server.inputsOf('hands.lower')).toHaveLength(1))
})

test('what the server refuses is said', async () => {
  here.fake.server.answer('hands.raise', () => {
    throw new FakeRefusal('forbidden')
  })
  click('Raise hand')
  await waitFor(() => expect(here.store.getState().ui.notice?.text).toBe('Refused: forbidden.'))
})
