import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import { joinTestRoom, renderInRoom, type RoomInTest } from '../../../test/render-in-room.tsx'
import { habitSwitched } from '../../store/ui-slice.ts'
import { usePushToTalk } from './use-push-to-talk.ts'

let here: RoomInTest

function Screen() {
  usePushToTalk()
  return (
    <>
      <input aria-label="Field" />
      <button type="button">Button</button>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- keyboards scroll it */}
      <div role="log" aria-label="Log" tabIndex={0} />
    </>
  )
}

beforeEach(async () => {
  here = await joinTestRoom()
  renderInRoom(here, <Screen />)
})

const hold = (on: Element = document.body, init = {}) => fireEvent.keyDown(on, { key: ' ', ...init })
const release = () => fireEvent.keyUp(document.body, { key: ' ' })
const sends = () => here.fake.topology.published.get('microphone')?.muted === false
const isOff = () => here.room.localParticipant.microphone.isOff

test('the microphone is open for as long as the key is held, and the page does not scroll', async () => {
  expect(hold()).toBe(false)
  await waitFor(() => expect(sends()).toBe(true))
  expect(hold(document.body, { repeat: true })).toBe(false)
  release()
  expect(sends()).toBe(false)
})

test('a key that is released before the microphone is open leaves it muted', async () => {
  hold()
  release()
  await act(() => new Promise((resolve) => setTimeout(resolve)))
  expect([sends(), isOff()]).toEqual([false, true])
})

test.each(['blur', 'visibilitychange'])(
  'the microphone is muted on %s, as the release may not be heard',
  async (name) => {
    hold()
    await waitFor(() => expect(sends()).toBe(true))
    ;(name === 'blur' ? window : document).dispatchEvent(new Event(name))
    expect(sends()).toBe(false)
  },
)

test('who is not muted stays so after the key', async () => {
  await act(() => here.room.localParticipant.setMicrophoneMuted(false))
  hold()
  release()
  expect(isOff()).toBe(false)
})

test.each([
  ['a field', () => screen.getByLabelText('Field')],
  ['a button', () => screen.getByRole('button')],
  ['what scrolls', () => screen.getByRole('log')],
])('the key belongs to %s that has the focus', (_, find) => {
  expect(hold(find())).toBe(true)
  expect(isOff()).toBe(true)
})

test.each([
  ['it is switched off', 'pushToTalk'],
  ['shortcuts are switched off', 'shortcuts'],
] as const)('nothing happens when %s', (_, habit) => {
  act(() => void here.store.dispatch(habitSwitched({ habit, on: false })))
  expect(hold()).toBe(true)
  expect(isOff()).toBe(true)
})

test('nothing happens while a dialog is open', () => {
  const dialog = document.createElement('dialog')
  dialog.setAttribute('open', '')
  document.body.append(dialog)
  hold()
  dialog.remove()
  expect(isOff()).toBe(true)
})

test('who may not speak is told so', async () => {
  await act(async () => {
    here.fake.server.notify('room.participantChanged', { id: here.room.localParticipant.id, may: [] })
  })
  await waitFor(() => expect(here.room.localParticipant.may('microphone')).toBe(false))
  hold()
  expect(isOff()).toBe(true)
  expect(here.store.getState().ui.notice?.text).toBe('You cannot unmute until the host lets you.')
})
