import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { buildParticipant } from '@video-meet/client/testing'
import { expect, test, vi } from 'vitest'
import { joinTestRoom, renderInRoom } from '../../../test/render-in-room.tsx'
import { LayoutButton } from '../../features/layout/layout-button.tsx'
import { RoomBanners } from '../room-banners.tsx'
import { Stage } from './stage.tsx'

test('fetches no picture of those for whom there is no tile', async () => {
  const here = await joinTestRoom()
  const names = Array.from({ length: 9 }, (_, index) => `Person ${index}`)
  const others = names.map((name) => buildParticipant({ name, tracks: [{ source: 'camera', muted: false }] }))
  renderInRoom(here, <Stage />)
  await act(async () => {
    for (const person of others) here.fake.server.notify('room.participantJoined', person)
  })
  expect(here.room.participants.get()).toHaveLength(11)
  const last = others.at(-1)
  expect(screen.queryByRole('group', { name: /Person 8/ })).toBeNull()
  expect(here.fake.topology.demands.get(`${last?.id}/camera`)).toBe('hidden')
})

const heightOf = (name: string) => parseInt(screen.getByRole('group', { name }).style.height)

async function onStage() {
  // happy-dom lays nothing out.
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(1200)
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(700)
  const here = await joinTestRoom()
  renderInRoom(
    here,
    <>
      <Stage />
      <RoomBanners />
      <LayoutButton />
    </>,
  )
  return here
}

test('a tile is pinned and unpinned for oneself', async () => {
  await onStage()
  const before = heightOf('Ana')
  fireEvent.click(screen.getByRole('button', { name: 'Pin Ana' }))
  expect(heightOf('Ana')).toBeGreaterThan(before)
  fireEvent.click(screen.getByRole('button', { name: 'Unpin Ana' }))
  expect(heightOf('Ana')).toBe(before)
})

test('whoever speaks is large in the speaker layout', async () => {
  await onStage()
  fireEvent.click(screen.getByRole('button', { name: 'Layout' }))
  const grid = await screen.findByRole('menuitemradio', { name: 'Grid' })
  expect(grid.getAttribute('aria-checked')).toBe('true')
  expect(document.activeElement).toBe(grid)
  fireEvent.click(screen.getByRole('menuitemradio', { name: 'Speaker' }))
  expect(heightOf('Ana')).toBe(700)
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Layout' }))
})

test('whoever leads the layout is followed, and the hint says so', async () => {
  const here = await onStage()
  const led = { by: here.ana.id, layout: { mode: 'grid' as const, pinned: here.ana.id } }
  act(() => here.fake.server.notify('layout.changed', { spotlight: null, led }))
  await waitFor(() => expect(heightOf('Ana')).toBe(700))
  expect(screen.getByRole('status').textContent).toBe("Following Ana's layout")
  fireEvent.click(screen.getByRole('button', { name: 'Layout' }))
  const speaker = await screen.findByRole('menuitemradio', { name: 'Speaker' })
  expect(speaker.getAttribute('aria-disabled')).toBe('true')
  act(() => here.fake.server.notify('layout.changed', { spotlight: null, led: null }))
  await waitFor(() => expect(heightOf('Ana')).toBeLessThan(700))
})
