import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { joinTestRoom, renderInRoom } from '../../../test/render-in-room.tsx'
import { SidePanel } from '../../meeting/side-panel.tsx'
import { chatPanel } from './chat.ts'

test('one can write as soon as the panel is loaded', async () => {
  const here = await joinTestRoom()
  renderInRoom(here, <SidePanel panel={chatPanel} />)
  expect(document.activeElement?.textContent).toBe('Chat')
  const field = await screen.findByRole('textbox', { name: 'Message' })
  expect(document.activeElement).toBe(field)
})
