import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { FAKE_CODE } from '@video-meet/client/testing'
import { httpStatus, type ErrorCode } from '@video-meet/protocol'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keepInvitationToken } from '../../lib/invitation-token.ts'
import { InvitationCard } from './invitation-card.tsx'

const TOKEN = '3f0b8a52-9d0e-4c57-8a53-0d1f6e6f7a10.token'
const on = {
  switch: vi.fn<(proof?: string) => void>(),
  ask: vi.fn<() => void>(),
  back: vi.fn<() => void>(),
}
const answers: Response[] = []
const calls: { url: string; body: unknown }[] = []

beforeEach(() => {
  keepInvitationToken(FAKE_CODE, TOKEN)
  vi.stubGlobal('fetch', (url: URL, { body }: { body: string }) => {
    calls.push({ url: url.pathname, body: JSON.parse(body) })
    return Promise.resolve(answers.shift())
  })
})

afterEach(() => {
  cleanup()
  sessionStorage.clear()
  vi.unstubAllGlobals()
  vi.clearAllMocks()
  answers.splice(0)
  calls.splice(0)
})

function open(change: { isProven?: boolean; isOpen?: boolean } = {}): void {
  render(
    <InvitationCard
      title="Planning"
      code={FAKE_CODE}
      isProven={false}
      isOpen
      onSwitch={on.switch}
      onAsk={on.ask}
      onBack={on.back}
      {...change}
    />,
  )
}

const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }))
const refusal = (code: ErrorCode) =>
  Response.json({ error: { code, message: 'No.' } }, { status: httpStatus(code) })

test('the invited account switches with one press', () => {
  open({ isProven: true })
  expect(document.activeElement?.textContent).toBe('Your invitation is being used in another browser')
  press('Switch here')
  expect(on.switch).toHaveBeenCalledWith()
  expect(screen.queryByRole('button', { name: 'Email me a code' })).toBeNull()
})

test('a code from the email switches to this browser', async () => {
  answers.push(new Response(null, { status: 204 }), Response.json({ proof: 'proven' }))
  open()
  press('Email me a code')
  const field = await screen.findByRole('textbox', { name: 'Code from the email' })
  expect(document.activeElement).toBe(field)
  fireEvent.change(field, { target: { value: '042 917' } })
  press('Switch here')
  await waitFor(() => expect(on.switch).toHaveBeenCalledWith('proven'))
  expect(calls).toEqual([
    { url: '/api/v1/invitations/code', body: { token: TOKEN } },
    { url: '/api/v1/invitations/code/redeem', body: { token: TOKEN, code: '042917' } },
  ])
})

test('a wrong code is explained at the field', async () => {
  answers.push(new Response(null, { status: 204 }), refusal('wrong_code'))
  open()
  press('Email me a code')
  const field = await screen.findByRole('textbox', { name: 'Code from the email' })
  press('Switch here')
  expect(await screen.findByText('Enter the 6 digits from the email.')).toBeDefined()
  fireEvent.change(field, { target: { value: '123456' } })
  press('Switch here')
  await screen.findByText(/That code isn't right/)
  expect(field.getAttribute('aria-invalid')).toBe('true')
})

test('a refused email is explained', async () => {
  answers.push(refusal('token_invalid'))
  open()
  press('Email me a code')
  await screen.findByText(/no longer valid/)
})

test('people can ask to join without the invitation where guests may come', () => {
  open()
  press('Ask to join')
  expect(on.ask).toHaveBeenCalledTimes(1)
  press('Back')
  expect(on.back).toHaveBeenCalledTimes(1)
  cleanup()
  open({ isOpen: false })
  expect(screen.queryByRole('button', { name: 'Ask to join' })).toBeNull()
})
