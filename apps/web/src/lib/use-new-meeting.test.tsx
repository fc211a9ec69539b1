import { act, cleanup, renderHook, waitFor } from '@testing-library/react'
import { FAKE_CODE } from '@video-meet/client/testing'
import { MemoryRouter } from 'react-router'
import { afterEach, expect, test, vi } from 'vitest'
import { readHostToken } from './host-token.ts'
import { useNewMeeting } from './use-new-meeting.ts'

const here = vi.hoisted(() => ({ hostToken: null as string | null }))

vi.mock('./rest.ts', () => ({
  rest: {
    createMeeting: () => Promise.resolve({ ok: true, value: { code: FAKE_CODE, hostToken: here.hostToken } }),
  },
}))

afterEach(() => {
  cleanup()
  localStorage.clear()
})

test.each(['token', null])('whoever makes a meeting keeps what shows that (%s)', async (hostToken) => {
  here.hostToken = hostToken
  const { result } = renderHook(() => useNewMeeting(), { wrapper: MemoryRouter })
  act(() => result.current.start())
  expect(result.current.starting).toBe(true)
  await waitFor(() => expect(result.current.starting).toBe(false))
  expect(readHostToken(FAKE_CODE)).toBe(hostToken ?? undefined)
})
