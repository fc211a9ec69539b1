import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { CrashPage } from '../app/crash-page.tsx'
import { text } from '../lib/text.ts'
import { MicrophoneLevel } from '../meeting/pre-join/microphone-level.tsx'
import { Boundary } from './boundary.tsx'

function Broken(): never {
  throw new Error('A decorative part failed.')
}

beforeEach(() => void vi.spyOn(console, 'error').mockReturnValue())

afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

test('a part that fails disappears and leaves the page', () => {
  const onFailed = vi.fn<() => void>()
  render(
    <main>
      <p>The call</p>
      <Boundary onFailed={onFailed}>
        <Broken />
      </Boundary>
    </main>,
  )
  expect(screen.getByRole('main').textContent).toBe('The call')
  expect(onFailed).toHaveBeenCalledOnce()
})

test('the crash page offers to reload and to leave for the start page', () => {
  render(
    <Boundary fallback={<CrashPage />}>
      <Broken />
    </Boundary>,
  )
  expect(screen.getByRole('heading', { name: text.appFailedTitle })).toBeTruthy()
  expect(screen.getAllByRole('button').map(({ textContent }) => textContent)).toEqual([
    text.reload,
    text.backToStart,
  ])
})

test('there is no microphone level where the browser has no Web Audio', () => {
  vi.stubGlobal('AudioContext', undefined)
  render(<MicrophoneLevel track={{} as MediaStreamTrack} />)
  expect(screen.queryByRole('meter')).toBeNull()
  expect(console.error).not.toHaveBeenCalled()
})
