import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { Pencil, Trash2 } from 'lucide-react'
import { MemoryRouter } from 'react-router'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { MenuItem } from './menu-item.tsx'
import { Menu } from './menu.tsx'

const onDelete = vi.fn<() => void>()

beforeEach(() => {
  onDelete.mockClear()
  render(
    <MemoryRouter>
      <Menu label="Actions" trigger="…">
        <MenuItem icon={Pencil} to="/edit">
          Edit
        </MenuItem>
        <MenuItem icon={Trash2} onSelect={onDelete}>
          Delete
        </MenuItem>
      </Menu>
      <p>Elsewhere</p>
    </MemoryRouter>,
  )
})

afterEach(cleanup)

const button = () => screen.getByRole('button', { name: /Actions/ })
const item = (name: string) => screen.getByRole('menuitem', { name })
const press = (key: string) => fireEvent.keyDown(document.activeElement ?? document.body, { key })

test('opens with the first item focused; arrow keys, Home and End move in it and around its ends', () => {
  fireEvent.click(button())
  expect(button().getAttribute('aria-expanded')).toBe('true')
  expect(document.activeElement).toBe(item('Edit'))
  press('ArrowDown')
  expect(document.activeElement).toBe(item('Delete'))
  press('ArrowDown')
  expect(document.activeElement).toBe(item('Edit'))
  press('End')
  expect(document.activeElement).toBe(item('Delete'))
  press('Home')
  press('ArrowUp')
  expect(document.activeElement).toBe(item('Delete'))
})

test('Escape closes it and gives the focus back', () => {
  fireEvent.click(button())
  press('Escape')
  expect(screen.queryByRole('menu')).toBeNull()
  expect(document.activeElement).toBe(button())
})

test('choosing an item acts once and closes it', () => {
  fireEvent.click(button())
  fireEvent.click(item('Delete'))
  expect(onDelete).toHaveBeenCalledTimes(1)
  expect(screen.queryByRole('menu')).toBeNull()
})

test('a press elsewhere closes it', () => {
  fireEvent.click(button())
  fireEvent.pointerDown(screen.getByText('Elsewhere'))
  expect(screen.queryByRole('menu')).toBeNull()
})
