import { cleanup, render, screen } from '@testing-library/react'
import { MemoryRouter } from 'react-router'
import { afterEach, expect, test, vi } from 'vitest'
import { text } from '../lib/text.ts'
import { FailedPage, ProblemPage } from './lazy-pages.tsx'

vi.mock('./outer-pages.ts', () => {
  throw new Error('A mistake in the code.')
})

afterEach(cleanup)

test('an unknown error in a page is not reported as a network problem', async () => {
  render(<ProblemPage problem="banned" onRetry={() => undefined} />, { wrapper: MemoryRouter })
  await screen.findByRole('heading', { name: text.appFailedTitle })
  expect(screen.getByRole('alert').textContent).toBe(text.somethingWrong)
  expect(screen.getByRole('button', { name: text.tryAgain })).toBeTruthy()
})

test('a page that the browser cannot load says that the server cannot be reached', () => {
  render(<FailedPage error={new TypeError('Failed to fetch dynamically imported module: /x.js')} />, {
    wrapper: MemoryRouter,
  })
  expect(screen.getByRole('heading', { name: text.unreachableTitle })).toBeTruthy()
  expect(screen.getByRole('alert').textContent).toBe(text.serverUnreachable)
})
