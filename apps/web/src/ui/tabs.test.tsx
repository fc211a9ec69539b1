import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Tabs } from './tabs.tsx'

beforeEach(() => {
  const tabs = ['Audio', 'Video', 'General'].map((label) => ({ id: label, label, content: `${label} here` }))
  render(<Tabs label="Kinds" tabs={tabs} />)
})
afterEach(cleanup)

const open = () => [
  screen.getByRole('tab', { selected: true }).textContent,
  screen.getByRole('tabpanel').textContent,
]

test('one part is open at a time, named by its tab', () => {
  expect(open()).toEqual(['Audio', 'Audio here'])
  fireEvent.click(screen.getByRole('tab', { name: 'Video' }))
  expect(open()).toEqual(['Video', 'Video here'])
  expect(screen.getByRole('tabpanel', { name: 'Video' })).toBeDefined()
})

test('arrow keys move in a circle, Home and End to the ends, and Tab stops once', () => {
  const press = (key: string) => fireEvent.keyDown(screen.getByRole('tab', { selected: true }), { key })
  press('ArrowLeft')
  expect(open()[0]).toBe('General')
  expect(document.activeElement?.textContent).toBe('General')
  press('ArrowRight')
  expect(open()[0]).toBe('Audio')
  press('End')
  expect(open()[0]).toBe('General')
  press('Home')
  expect(open()[0]).toBe('Audio')
  expect(screen.getAllByRole('tab').map((tab) => tab.tabIndex)).toEqual([0, -1, -1])
})
