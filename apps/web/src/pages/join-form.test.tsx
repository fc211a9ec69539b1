import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { MemoryRouter, useLocation } from 'react-router'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { JoinForm } from './join-form.tsx'

function Address() {
  return <output>{useLocation().pathname}</output>
}

beforeEach(() => {
  render(
    <MemoryRouter>
      <JoinForm />
      <Address />
    </MemoryRouter>,
  )
})

afterEach(cleanup)

function submit(text: string): void {
  fireEvent.change(screen.getByRole('textbox', { name: 'Meeting code or link' }), { target: { value: text } })
  fireEvent.click(screen.getByRole('button', { name: 'Join' }))
}

test.each([
  'abcd-efghjk-mnpq',
  ' ABCD EFGHJK MNPQ ',
  'abcdefghjkmnpq',
  'https://other.example/meeting/abcd-efghjk-mnpq?x=1#y',
])('%j leads to the meeting on this server', async (text) => {
  submit(text)
  expect(await screen.findByText('/meeting/abcd-efghjk-mnpq')).toBeDefined()
})

test.each(['hello', 'https://other.example/', '', 'abcd-efghjk-mnpo'])(
  '%j is refused beside the field',
  async (text) => {
    submit(text)
    const field = await screen.findByRole('textbox', { name: 'Meeting code or link', description: /code/ })
    expect(field.getAttribute('aria-invalid')).toBe('true')
    expect(screen.getByText('/')).toBeDefined()
    fireEvent.change(field, { target: { value: 'a' } })
    expect(field.getAttribute('aria-invalid')).toBe('false')
  },
)
