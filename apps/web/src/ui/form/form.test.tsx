import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { RestError } from '@video-meet/client'
import { changePassword, createApiToken, createUser } from '@video-meet/protocol'
import { afterEach, expect, test, vi } from 'vitest'
import { Checkboxes } from './choices.tsx'
import { Form, SubmitButton } from './form.tsx'
import { PasswordInput, TextInput } from './text-inputs.tsx'
import { useForm } from './use-form.ts'

afterEach(cleanup)

function UserForm({ submit }: { submit: (body: unknown) => Promise<unknown> }) {
  const form = useForm({
    initial: { name: '', email: '' },
    schema: createUser.body,
    submit,
    explain: ({ code, message }) => (code === 'conflict' ? { email: message } : null),
  })
  return (
    <Form form={form}>
      <TextInput form={form} name="name" label="Name" />
      <TextInput form={form} name="email" label="Email" description="Where letters go." />
      <SubmitButton form={form}>Create</SubmitButton>
    </Form>
  )
}

const field = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name })
const type = (name: string, value: string) => fireEvent.change(field(name), { target: { value } })
const press = () => fireEvent.click(screen.getByRole('button', { name: 'Create' }))

test('what is wrong is said at the fields, and the focus is on the first of them', async () => {
  const submit = vi.fn<() => Promise<void>>()
  render(<UserForm submit={submit} />)
  press()
  await screen.findByText('2 fields need another look.')
  expect(document.activeElement).toBe(field('Name'))
  type('Name', 'Ana')
  type('Email', 'nobody')
  expect(field('Name').getAttribute('aria-invalid')).toBe('false')
  press()
  await screen.findByText(/mail address looks like/)
  expect(document.activeElement).toBe(field('Email'))
  const described = field('Email').getAttribute('aria-describedby')?.split(' ') ?? []
  expect(described.map((id) => document.querySelector(`[id="${id}"]`)?.textContent)).toEqual([
    'Where letters go.',
    'A mail address looks like ana@example.org.',
  ])
  expect(submit).not.toHaveBeenCalled()
})

test('what is sent is as the schema tidies it', async () => {
  const submit = vi.fn<(body: unknown) => Promise<void>>(() => Promise.resolve())
  render(<UserForm submit={submit} />)
  type('Name', '  Ana   Maria ')
  type('Email', ' ana@example.org')
  press()
  await vi.waitFor(() => expect(submit).toHaveBeenCalledWith({ name: 'Ana Maria', email: 'ana@example.org' }))
})

test('a failure is said, read aloud and focused, and nothing that was typed is lost', async () => {
  render(<UserForm submit={() => Promise.reject(new RestError('', { code: 'network', status: 0 }))} />)
  type('Name', 'Ana')
  type('Email', 'ana@example.org')
  press()
  const alert = await screen.findByText(/server cannot be reached/)
  expect(alert.closest('[role=alert]')).not.toBeNull()
  expect(document.activeElement).toBe(alert)
  expect([field('Name').value, field('Email').value]).toEqual(['Ana', 'ana@example.org'])
})

test('a failure that concerns a field is said there', async () => {
  const taken = new RestError('This address has an account.', { code: 'conflict', status: 409 })
  render(<UserForm submit={() => Promise.reject(taken)} />)
  type('Name', 'Ana')
  type('Email', 'ana@example.org')
  press()
  await screen.findByText('This address has an account.')
  expect(document.activeElement).toBe(field('Email'))
})

test('a second press sends nothing twice', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const submit = vi.fn<() => Promise<void>>(() => promise)
  render(<UserForm submit={submit} />)
  type('Name', 'Ana')
  type('Email', 'ana@example.org')
  press()
  await vi.waitFor(() =>
    expect(screen.getByRole('button', { name: 'Create' }).getAttribute('aria-disabled')).toBe('true'),
  )
  press()
  resolve()
  await vi.waitFor(() =>
    expect(screen.getByRole('button', { name: 'Create' }).getAttribute('aria-disabled')).toBe('false'),
  )
  expect(submit).toHaveBeenCalledTimes(1)
})

function PasswordForm() {
  const form = useForm({
    initial: { currentPassword: '', newPassword: '' },
    schema: changePassword.body,
    submit: () => Promise.resolve(),
  })
  return (
    <Form form={form}>
      <PasswordInput form={form} name="newPassword" label="New password" />
      <SubmitButton form={form}>Create</SubmitButton>
    </Form>
  )
}

test('a password can be looked at, and its length is asked for in words', async () => {
  render(<PasswordForm />)
  const input = screen.getByLabelText<HTMLInputElement>('New password')
  expect(input.type).toBe('password')
  fireEvent.click(screen.getByRole('button', { name: 'Show characters' }))
  expect(input.type).toBe('text')
  fireEvent.change(input, { target: { value: 'short' } })
  press()
  await screen.findByText('Use at least 8 characters.')
})

function ScopesForm() {
  const form = useForm({
    initial: { name: 'x', scopes: ['meetings:read'] as readonly string[] },
    schema: createApiToken.body,
    submit: () => Promise.resolve(),
  })
  return (
    <Form form={form}>
      <Checkboxes
        form={form}
        name="scopes"
        label="What may it do?"
        choices={[{ value: 'meetings:read', label: 'Read' }]}
      />
      <SubmitButton form={form}>Create</SubmitButton>
    </Form>
  )
}

test('at least one of several has to be chosen', async () => {
  render(<ScopesForm />)
  fireEvent.click(screen.getByRole('checkbox', { name: 'Read' }))
  press()
  await screen.findByText('Choose at least one.')
  expect(document.activeElement).toBe(screen.getByRole('checkbox', { name: 'Read' }))
})
