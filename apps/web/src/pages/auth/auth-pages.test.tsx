import { fireEvent, screen } from '@testing-library/react'
import { Route, Routes } from 'react-router'
import { describe, expect, test, vi } from 'vitest'
import {
  createFakeAccount,
  failure,
  type FakeAnswers,
  renderWithAccount,
  signedIn,
} from '../../../test/fake-account.tsx'
import { AuthPages } from './auth-pages.tsx'

const SERVER = { signUp: 'open', whoMayCreate: 'anyone', mail: 'smtp', hasUsers: true }
const TOKEN = 'a-token-from-a-letter-of-this-server'
const address = () => screen.getByTestId('address').textContent
const type = (label: string, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } })
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }))
const refuse = (code: Parameters<typeof failure>[0], message?: string) => () => {
  throw failure(code, message)
}

async function open(path: string, answers: FakeAnswers = {}, server: object = {}) {
  const account = createFakeAccount({ 'GET /server': () => ({ ...SERVER, ...server }), ...answers })
  await renderWithAccount(
    account,
    <Routes>
      <Route path="/auth/*" element={<AuthPages />} />
      <Route path="*" element={null} />
    </Routes>,
    path,
  )
  return account
}

describe('signing in', () => {
  function fill() {
    type('Email', 'ana@example.org')
    type('Password', 'correct horse')
    press('Sign in')
  }

  test('leads to where one wanted to go', async () => {
    const account = await open('/auth/login?next=%2Fdashboard%2Ftemplates', {
      'POST /auth/login': () => signedIn(),
    })
    fill()
    await vi.waitFor(() => expect(address()).toBe('/dashboard/templates'))
    expect(account.session.state.get().status).toBe('signedIn')
    expect(account.calls.find(({ route }) => route === 'POST /auth/login')?.sent.body).toEqual({
      email: 'ana@example.org',
      password: 'correct horse',
    })
  })

  test('says no more than that one of the two is wrong', async () => {
    await open('/auth/login', { 'POST /auth/login': refuse('wrong_credentials') })
    fill()
    await screen.findByText('The mail address or the password is not right.')
    expect(screen.getByLabelText<HTMLInputElement>('Email').value).toBe('ana@example.org')
  })

  test('fills in what browsers keep', async () => {
    await open('/auth/login')
    expect(screen.getByLabelText('Email').getAttribute('autocomplete')).toBe('username')
    expect(screen.getByLabelText('Password').getAttribute('autocomplete')).toBe('current-password')
  })
})

describe('creating an account', () => {
  async function fill() {
    await screen.findByLabelText('Your name')
    type('Your name', 'Ana')
    type('Email', 'ana@example.org')
    type('Password', 'correct horse')
    press('Create account')
  }

  test('sends language and time zone of the browser, and says that a letter is on its way', async () => {
    const account = await open('/auth/register', {
      'POST /auth/register': () => ({ status: 'letter_sent' }),
    })
    await fill()
    await screen.findByText(/We sent a letter to ana@example.org/)
    expect(account.calls.find(({ route }) => route === 'POST /auth/register')?.sent.body).toEqual({
      name: 'Ana',
      email: 'ana@example.org',
      password: 'correct horse',
      language: navigator.language,
      timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    })
  })

  test('signs the first one in, who is told that they will be the administrator', async () => {
    await open(
      '/auth/register',
      { 'POST /auth/register': () => signedIn() },
      { hasUsers: false, signUp: 'closed' },
    )
    await screen.findByText(/it will be the administrator/)
    await fill()
    await vi.waitFor(() => expect(address()).toBe('/dashboard'))
  })

  test('says what is wrong with a password that is too common', async () => {
    await open('/auth/register', { 'POST /auth/register': refuse('weak_password', 'Many use this one.') })
    await fill()
    await screen.findByText('Many use this one.')
    expect(document.activeElement).toBe(screen.getByLabelText('Password'))
  })

  test.each([
    ['closed', 'Accounts are made by the administrator'],
    ['invited', 'Accounts are by invitation'],
  ])('is not offered where sign-up is %s', async (signUp, heading) => {
    await open('/auth/register', {}, { signUp })
    await screen.findByRole('heading', { name: heading })
    expect(screen.queryByLabelText('Your name')).toBeNull()
  })

  test('is offered to who comes from an invitation', async () => {
    const account = await open(
      `/auth/register#invitation=${TOKEN}`,
      { 'POST /auth/register': () => signedIn() },
      { signUp: 'invited' },
    )
    await fill()
    await vi.waitFor(() => expect(address()).toBe('/dashboard'))
    expect(account.calls.find(({ route }) => route === 'POST /auth/register')?.sent.body).toMatchObject({
      invitationToken: TOKEN,
    })
  })
})

describe('links of letters', () => {
  test('a forgotten password: the same is said whether or not there is an account', async () => {
    await open('/auth/forgot', { 'POST /auth/password-reset/request': () => ({ status: 'letter_sent' }) })
    type('Email', 'ana@example.org')
    press('Send link')
    await screen.findByText(/If there is an account for ana@example.org/)
  })

  test('set a new password', async () => {
    const account = await open(`/auth/reset#${TOKEN}`, { 'POST /auth/password-reset': () => signedIn() })
    type('New password', 'correct horse')
    press('Set password')
    await vi.waitFor(() => expect(address()).toBe('/dashboard'))
    expect(account.calls.find(({ route }) => route === 'POST /auth/password-reset')?.sent.body).toEqual({
      token: TOKEN,
      password: 'correct horse',
    })
  })

  test('confirm the address together with a password', async () => {
    const account = await open(`/auth/verify#${TOKEN}`, { 'POST /auth/verify-email': () => signedIn() })
    type('Password', 'correct horse')
    press('Confirm address')
    await vi.waitFor(() => expect(address()).toBe('/dashboard'))
    const calls = account.calls.filter(({ route }) => route === 'POST /auth/verify-email')
    expect(calls.map(({ sent }) => sent.body)).toEqual([{ token: TOKEN, password: 'correct horse' }])
  })

  test('a link that was used says so and leads on', async () => {
    await open(`/auth/verify#${TOKEN}`, { 'POST /auth/verify-email': refuse('token_invalid') })
    type('Password', 'correct horse')
    press('Confirm address')
    await screen.findByRole('heading', { name: 'This link does not work any more' })
  })

  test('a broken network is not a broken link', async () => {
    const answers: FakeAnswers = {}
    await open(`/auth/verify#${TOKEN}`, answers)
    type('Password', 'correct horse')
    press('Confirm address')
    await screen.findByText(/server cannot be reached/)
  })

  test.each(['', '#', '#short'])('a link that is not whole (%j) asks nothing of the server', async (hash) => {
    const account = await open(`/auth/reset${hash}`)
    await screen.findByRole('heading', { name: 'This link does not work any more' })
    expect(account.calls.filter(({ route }) => route.includes('password-reset'))).toEqual([])
  })
})
