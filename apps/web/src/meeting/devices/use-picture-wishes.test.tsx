import { act } from '@testing-library/react'
import { FakeTrack } from '@video-meet/client/testing'
import { beforeEach, expect, test } from 'vitest'
import { joinTestRoom, renderInRoom, type RoomInTest } from '../../../test/render-in-room.tsx'
import { writePreference } from '../../lib/preferences.ts'
import { habitSwitched } from '../../store/ui-slice.ts'
import { usePictureWishes } from './use-picture-wishes.ts'

let here: RoomInTest

function Wishes() {
  usePictureWishes()
  return null
}

beforeEach(async () => {
  localStorage.clear()
  here = await joinTestRoom()
})

test('what was chosen on an earlier visit holds in this call', async () => {
  writePreference('videoCodec', 'vp9')
  await act(async () => renderInRoom(here, <Wishes />))
  expect(here.fake.topology.codec).toBe('vp9')
})

test('what is remembered and means nothing is passed over', async () => {
  writePreference('videoCodec', 'h266' as never)
  await act(async () => renderInRoom(here, <Wishes />))
  expect(here.fake.topology.codec).toBe('auto')
})

test('a screen that is shared follows at once what matters in it', async () => {
  await act(async () => renderInRoom(here, <Wishes />))
  await act(() => here.room.localParticipant.startScreenShare())
  const screen = here.room.localParticipant.track('screen')?.state.get().mediaTrack
  expect(screen).toBeInstanceOf(FakeTrack)
  await act(async () => void here.store.dispatch(habitSwitched({ habit: 'smoothScreen', on: true })))
  expect(screen?.contentHint).toBe('motion')
  await act(async () => void here.store.dispatch(habitSwitched({ habit: 'smoothScreen', on: false })))
  expect(screen?.contentHint).toBe('detail')
})
