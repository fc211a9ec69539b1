import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import { joinTestRoom, renderInRoom, type RoomInTest } from '../../test/render-in-room.tsx'
import { habitSwitched } from '../store/ui-slice.ts'
import { useShortcuts } from './use-shortcuts.ts'

let here: RoomInTest

function Screen() {
  useShortcuts()
  return (
    <>
      <input aria-label="Field" />
      <button type="button">Button</button>
    </>
  )
}

beforeEach(async () => {
  here = await joinTestRoom()
  renderInRoom(here, <Screen />)
})

function me() {
  return here.store.getState().meeting.people.find(({ isLocal }) => isLocal)
}

test('single keys toggle microphone, camera, screen and hand', async () => {
  fireEvent.keyDown(document.body, { key: 'm' })
  await waitFor(() => expect(me()?.muted).toBe(false))
  fireEvent.keyDown(screen.getByRole('button'), { key: 'V', shiftKey: true })
  await waitFor(() => expect(me()?.cameraOn).toBe(true))
  fireEvent.keyDown(document.body, { key: 'd' })
  await waitFor(() => expect(me()?.sharingScreen).toBe(true))
  fireEvent.keyDown(document.body, { key: 'h' })
  await waitFor(() => expect(here.fake.server.inputsOf('hands.raise')).toHaveLength(1))
})

test('single keys open and close panels and the list of keys', () => {
  const ui = () => here.store.getState().ui
  fireEvent.keyDown(document.body, { key: 'c' })
  expect(ui().openPanel).toBe('chat')
  fireEvent.keyDown(document.body, { key: 'p' })
  expect(ui().openPanel).toBe('people')
  fireEvent.keyDown(document.body, { key: 'p' })
  expect(ui().openPanel).toBeNull()
  fireEvent.keyDown(document.body, { key: '?', shiftKey: true })
  expect(ui().openDialog).toBe('shortcuts')
})

test.each([
  ['typed into a field', () => fireEvent.keyDown(screen.getByLabelText('Field'), { key: 'c' })],
  ['with Control', () => fireEvent.keyDown(document.body, { key: 'c', ctrlKey: true })],
  ['with Command', () => fireEvent.keyDown(document.body, { key: 'c', metaKey: true })],
  ['with Alt', () => fireEvent.keyDown(document.body, { key: 'c', altKey: true })],
  ['held down', () => fireEvent.keyDown(document.body, { key: 'c', repeat: true })],
])('a key %s is not a shortcut', (_, press) => {
  press()
  expect(here.store.getState().ui.openPanel).toBeNull()
})

test('nothing happens while a dialog is open', () => {
  const dialog = document.createElement('dialog')
  dialog.setAttribute('open', '')
  document.body.append(dialog)
  fireEvent.keyDown(document.body, { key: 'c' })
  dialog.remove()
  expect(here.store.getState().ui.openPanel).toBeNull()
})

test('nothing happens when shortcuts are switched off', () => {
  act(() => {
    here.store.dispatch(habitSwitched({ habit: 'shortcuts', on: false }))
  })
  fireEvent.keyDown(document.body, { key: 'c' })
  expect(here.store.getState().ui.openPanel).toBeNull()
})
