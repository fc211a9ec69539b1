import { cleanup, render, screen } from '@testing-library/react'
import { MemoryRouter } from 'react-router'
import { afterEach, expect, test, vi } from 'vitest'
import { ProblemPage } from './lazy-pages.tsx'

vi.mock('./outer-pages.ts', () => {
  throw new Error('The network is gone.')
})

afterEach(cleanup)

test('a page that cannot be loaded says that the server cannot be reached', async () => {
  render(<ProblemPage problem="banned" onRetry={() => undefined} />, { wrapper: MemoryRouter })
  await screen.findByRole('heading', { name: 'The server cannot be reached' })
  expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy()
})
