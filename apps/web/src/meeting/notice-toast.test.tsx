import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { joinTestRoom, renderInRoom } from '../../test/render-in-room.tsx'
import { NoticeToast } from './notice-toast.tsx'

test('who is asked to unmute can do so where it is said', async () => {
  const here = await joinTestRoom()
  renderInRoom(here, <NoticeToast />)
  act(() => here.fake.server.notify('moderation.noted', { act: 'asked', by: 'Ana', device: 'microphone' }))
  fireEvent.click(await screen.findByRole('button', { name: 'Unmute' }))
  expect(screen.getByRole('alert').textContent).toBe('')
  await waitFor(() => expect(here.room.localParticipant.track('microphone')?.state.get().muted).toBe(false))
})

test('who may not unmute is told so', async () => {
  const here = await joinTestRoom({ may: [] })
  renderInRoom(here, <NoticeToast />)
  act(() => here.fake.server.notify('moderation.noted', { act: 'asked', by: 'Ana', device: 'camera' }))
  fireEvent.click(await screen.findByRole('button', { name: 'Turn on camera' }))
  await waitFor(() =>
    expect(screen.getByRole('alert').textContent).toBe(
      'You cannot turn on your camera until the host lets you.',
    ),
  )
})
