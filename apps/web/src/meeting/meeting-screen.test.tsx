import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import type * as Client from '@video-meet/client'
import {
  type ArrivedRequest,
  createFakeSession,
  FAKE_CODE,
  FakeRefusal,
  type FakeSession,
} from '@video-meet/client/testing'
import { type ErrorCode, type Meeting, MeetingId } from '@video-meet/protocol'
import { MemoryRouter, Route, Routes } from 'react-router'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { MeetingScreen } from './meeting-screen.tsx'
import { ProblemPage } from './problem-page.tsx'

const here = vi.hoisted(() => ({ fake: null as unknown, meeting: null as unknown, prepared: false }))

vi.mock('@video-meet/client', async (original) => ({
  ...(await original<typeof Client>()),
  prepareSession() {
    here.prepared = true
    return (here.fake as FakeSession).session
  },
}))
vi.mock('../lib/rest.ts', () => ({
  rest: { getMeeting: () => Promise.resolve({ ok: true, value: here.meeting }) },
}))
vi.mock('./room-screen.tsx', () => ({ RoomScreen: () => <p>In the call</p> }))

const MEETING: Meeting = {
  id: MeetingId.parse('6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b'),
  code: FAKE_CODE,
  title: 'Planning',
  state: 'open',
  createdAt: '2026-01-01T10:00:00.000Z',
  link: `https://meet.example/meeting/${FAKE_CODE}`,
  schedule: null,
  hasPassword: false,
  join: 'anyone',
  waitingRoom: 'nobody',
  locked: false,
  details: null,
}

let fake: FakeSession

beforeEach(() => {
  vi.stubGlobal('PerformanceNavigationTiming', class {})
  localStorage.setItem('video-meet.name', 'Ben')
  renew()
})

afterEach(() => {
  cleanup()
  localStorage.clear()
  sessionStorage.clear()
})

/** A session serves one join; one that is left for another stage is closed. */
function renew(): void {
  fake = createFakeSession()
  here.fake = fake
  here.prepared = false
}

async function open(change: Partial<Meeting> = {}): Promise<void> {
  comeTo(change)
  await screen.findByRole('heading', { name: 'Planning' })
  // Effects come a moment after what is seen; whoever is quicker than they are joins over the network.
  await waitFor(() => expect(here.prepared).toBe(true))
}

function comeTo(change: Partial<Meeting>): void {
  here.meeting = { ...MEETING, ...change }
  render(
    <MemoryRouter initialEntries={[`/meeting/${FAKE_CODE}`]}>
      <Routes>
        <Route path="/meeting/:code" element={<MeetingScreen />} />
      </Routes>
    </MemoryRouter>,
  )
}

const button = (name: string | RegExp) => screen.getByRole<HTMLButtonElement>('button', { name })
const press = (name: string | RegExp) => fireEvent.click(button(name))
const heading = (name: string | RegExp) => screen.findByRole('heading', { level: 1, name })
const hasFocus = (element: HTMLElement) =>
  waitFor(() => expect(document.activeElement === element).toBe(true))

function refuse(code: ErrorCode, details?: unknown): void {
  fake.server.answer('room.join', () => {
    const refusal = new FakeRefusal(code)
    Object.assign(refusal.body, { details })
    throw refusal
  })
}

/** Sends who joins to the waiting room, and answers them there. */
function sendToLobby(answer: Record<string, (request: ArrivedRequest) => void> = {}, place = 3): void {
  refuse('waiting_room')
  const answers: typeof answer = {
    'waiting.knock': ({ reply }) => reply({ ok: true, data: { place, ticket: null, guestToken: null } }),
    ...answer,
  }
  fake.server.lobby.server.on('request', (request) => {
    const known = answers[request.name]
    if (known) known(request)
    else request.reply({ ok: true, data: {} })
  })
}

function admit(): void {
  fake.server.answer('room.join', () => fake.server.joinReply)
  fake.server.lobby.notify('waiting.admitted', { ticket: 'ticket' })
}

describe('the waiting room', () => {
  test('whoever will have to wait asks to join, and comes into the call when they are let in', async () => {
    await open({ waitingRoom: 'everyone' })
    sendToLobby()
    press('Ask to join')
    await hasFocus(await heading('Waiting to be let in'))
    expect(document.title).toMatch(/^Waiting to be let in/)
    expect(screen.getByText('You ask as Ben.')).toBeTruthy()
    await screen.findByText('2 people are before you.')

    fake.server.lobby.notify('waiting.placeChanged', { place: 2 })
    await screen.findByText('1 person is before you.')
    fake.server.lobby.notify('waiting.placeChanged', { place: 1 })
    expect((await screen.findByText('You are next.')).getAttribute('role')).toBe('status')

    admit()
    await screen.findByText('In the call')
    expect(fake.server.inputsOf('room.join')[1]).toMatchObject({ name: 'Ben', ticket: 'ticket' })
    expect(document.title).toMatch(/^Planning/)
  })

  test('what the host writes is shown in the order in which it came', async () => {
    await open()
    sendToLobby()
    press('Join now')
    await screen.findByText('2 people are before you.')
    for (const text of ['One moment', 'Nearly there']) {
      fake.server.lobby.notify('waiting.messageReceived', { text })
      await screen.findByText(text)
    }
    expect([...screen.getByRole('log').children].map((line) => line.textContent)).toEqual([
      'One moment',
      'Nearly there',
    ])
  })

  test('one can ask again, and not more often than the server lets one', async () => {
    await open()
    let reminders = 0
    sendToLobby({
      'waiting.remind': ({ reply }) => {
        reminders += 1
        if (reminders === 1) return reply({ ok: true, data: {} })
        const details = { retryAfterSeconds: 12 }
        reply({ ok: false, error: { code: 'rate_limited', message: 'Slow.', details } })
      },
    })
    press('Join now')
    await screen.findByText('2 people are before you.')
    press('Ask again')
    await screen.findByText('The host was told that you are still here.')
    press('Ask again')
    const resting = await screen.findByRole('button', { name: /^Ask again in 1\d s$/ })
    expect(resting.getAttribute('aria-disabled')).toBe('true')
    fireEvent.click(resting)
    await act(() => Promise.resolve())
    expect(reminders).toBe(2)
  })

  test('a lost connection is said, and mended', async () => {
    await open()
    sendToLobby()
    press('Join now')
    await screen.findByText('2 people are before you.')
    fake.server.lobby.reachable = false
    act(() => fake.server.lobby.drop())
    await screen.findByText('Connection lost. Trying again…')
    expect(button('Ask again').getAttribute('aria-disabled')).toBe('true')
    fake.server.lobby.reachable = true
    await screen.findByText('2 people are before you.')
  })

  test('camera and microphone can be switched while one waits', async () => {
    await open()
    sendToLobby()
    press('Join now')
    await heading('Waiting to be let in')
    expect(button('Unmute microphone').disabled).toBe(false)
    expect(button('Turn on camera').disabled).toBe(false)
  })

  test('whoever does not want to wait any longer leaves', async () => {
    await open()
    sendToLobby()
    press('Join now')
    await heading('Waiting to be let in')
    press('Leave')
    await hasFocus(await heading('You are no longer waiting'))
    expect(fake.server.lobby.isOpen).toBe(false)
  })

  test('whoever is not let in can ask again with one press', async () => {
    await open()
    sendToLobby()
    press('Join now')
    await screen.findByText('2 people are before you.')
    fake.server.lobby.notify('waiting.denied', { reason: 'denied' })
    await heading('The host did not let you in')
    renew()
    sendToLobby({}, 1)
    press('Ask again')
    await screen.findByText('You are next.')
  })
})

describe('before the meeting', () => {
  test('whoever is too early sees when it opens, and comes in then', async () => {
    await open()
    vi.useFakeTimers({ shouldAdvanceTime: true, now: new Date('2026-11-21T09:50:00') })
    try {
      refuse('not_open_yet', { opensAt: new Date('2026-11-21T09:52:00').toISOString() })
      press('Join now')
      await hasFocus(await heading(/^Opens at 0?9:52/))
      expect(screen.getByRole('timer').textContent).toMatch(/^0(2:00|1:5\d)$/)
      await act(() => vi.advanceTimersByTimeAsync(59_000))
      expect(fake.server.inputsOf('room.join')).toHaveLength(1)
      fake.server.answer('room.join', () => fake.server.joinReply)
      await act(() => vi.advanceTimersByTimeAsync(70_000))
      await screen.findByText('In the call')
    } finally {
      vi.useRealTimers()
    }
  })

  test('nobody is told to stay for days', async () => {
    await open()
    refuse('not_open_yet', { opensAt: new Date(Date.now() + 3 * 86_400_000).toISOString() })
    press('Join now')
    await heading(/^Opens on /)
    expect(screen.getByText('Open the same link again then.')).toBeTruthy()
  })

  test('whoever came before the host stays through a lost connection, and comes in with the host', async () => {
    await open()
    vi.useFakeTimers({ shouldAdvanceTime: true })
    try {
      refuse('not_open_yet', { opensAt: null })
      press('Join now')
      await hasFocus(await heading('The host has not started the meeting yet'))
      refuse('unavailable')
      await act(() => vi.advanceTimersByTimeAsync(6500))
      await screen.findByText('Connection lost. Trying again…')
      fake.server.answer('room.join', () => fake.server.joinReply)
      await act(() => vi.advanceTimersByTimeAsync(6500))
      await screen.findByText('In the call')
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('what keeps one out', () => {
  test.each([
    ['meeting_locked', 'The meeting is locked', 'Try again'],
    ['meeting_ended', 'This meeting is over', 'Try again'],
    ['room_full', 'The meeting is full', 'Try again'],
    ['banned', 'You cannot join this meeting', null],
    ['removed', 'You were removed from this meeting', 'Ask to come back'],
    ['not_invited', 'This meeting is for invited people', null],
    ['sign_in_required', 'Sign in to join', null],
  ] as const)('%s has a page of its own', async (code, title, help) => {
    await open()
    refuse(code)
    press('Join now')
    await hasFocus(await heading(title))
    expect(screen.queryAllByRole('button').map(({ textContent }) => textContent)).toEqual(help ? [help] : [])
  })

  test('what keeps one out for certain is told before anything is asked', async () => {
    comeTo({ join: 'invited' })
    await hasFocus(await heading('This meeting is for invited people'))
    const signIn = screen.getByRole('link', { name: 'Sign in' })
    expect(signIn.getAttribute('href')).toMatch(/^\/auth\/login\?next=/)
    expect(screen.queryByLabelText('Your name')).toBeNull()
  })

  test('whoever has to sign in to a meeting for invited people reads for whom it is', async () => {
    localStorage.setItem('video-meet.session', '1')
    await open({ join: 'invited' })
    localStorage.removeItem('video-meet.session')
    refuse('sign_in_required')
    press('Join now')
    await heading('This meeting is for invited people')
  })

  test('a new try is one at the meeting as it is by then', async () => {
    await open()
    refuse('meeting_ended')
    press('Join now')
    await heading('This meeting is over')
    here.meeting = { ...MEETING, state: 'cancelled' }
    press('Try again')
    await heading('This meeting was cancelled')
    expect(screen.queryAllByRole('button')).toEqual([])
  })

  test('a full meeting says how many people are in it', async () => {
    await open()
    refuse('room_full', { people: 100 })
    press('Join now')
    await screen.findByText(/^100 people are in it\./)
  })

  test.each([false, true])('meetings for invited people offer to sign in (done: %s)', (isSignedIn) => {
    if (isSignedIn) localStorage.setItem('video-meet.session', '1')
    render(<ProblemPage problem="notInvited" onRetry={() => undefined} />, { wrapper: MemoryRouter })
    const link = screen.queryByRole('link', { name: 'Sign in' })
    expect(link?.getAttribute('href')?.split('?')[0]).toBe(isSignedIn ? undefined : '/auth/login')
  })

  test('a wrong password stays in its field, and is not sent again once that is empty', async () => {
    await open({ hasPassword: true })
    refuse('wrong_password')
    const field = screen.getByLabelText<HTMLInputElement>('Meeting password')
    fireEvent.change(field, { target: { value: 'secret' } })
    press('Join now')
    await screen.findByText('This is not the password of the meeting.')
    expect(field.value).toBe('secret')
    fireEvent.change(field, { target: { value: '' } })
    press('Join now')
    await waitFor(() => expect(fake.server.inputsOf('room.join')).toHaveLength(2))
    expect(fake.server.inputsOf('room.join')[1]).not.toHaveProperty('password')
  })

  test('a password that is missing is asked for, at its field', async () => {
    await open()
    refuse('password_required')
    press('Join now')
    const field = await screen.findByLabelText('Meeting password')
    await hasFocus(field)
    fake.server.answer('room.join', () => fake.server.joinReply)
    fireEvent.change(field, { target: { value: 'secret' } })
    press('Join now')
    await screen.findByText('In the call')
    expect(fake.server.inputsOf('room.join')[1]).toMatchObject({ password: 'secret' })
  })
})

describe('the end of a stay', () => {
  async function enter(): Promise<void> {
    await open()
    press('Join now')
    await screen.findByText('In the call')
  }

  test('whoever is removed reads who did it and why, and can ask to come back', async () => {
    await enter()
    fake.server.notify('room.ended', { reason: 'removed', by: 'Ana', note: 'Wrong meeting' })
    await hasFocus(await heading('Ana removed you from the meeting'))
    expect(screen.getByText('“Wrong meeting”')).toBeTruthy()
    renew()
    sendToLobby({}, 1)
    press('Ask to come back')
    await heading('Waiting to be let in')
    expect(screen.getByText('You ask as Me.')).toBeTruthy()
  })

  test('whoever is banned cannot ask', async () => {
    await enter()
    fake.server.notify('room.ended', { reason: 'banned' })
    await heading('You were removed from the meeting')
    expect(screen.getAllByRole('button').map(({ textContent }) => textContent)).toEqual(['New meeting'])
  })

  test('whoever is sent to the waiting room knocks at once', async () => {
    await enter()
    const { server } = fake
    renew()
    sendToLobby({}, 1)
    server.notify('room.ended', { reason: 'waiting_room', by: 'Ana', note: 'A word in private' })
    await hasFocus(await heading('Waiting to be let in'))
    expect(screen.getByText('Ana sent you to the waiting room. “A word in private”')).toBeTruthy()
    await screen.findByText('You are next.')
    admit()
    await screen.findByText('In the call')
  })

  test('whoever ended the meeting for all is named', async () => {
    await enter()
    fake.server.notify('room.ended', { reason: 'meeting_ended', by: 'Ana' })
    await heading('Ana ended the meeting')
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Rejoin' })).toBeNull())
  })
})

test('an invitation that is used in another browser can be switched to this one', async () => {
  await open()
  refuse('invitation_in_use', { isProven: true })
  press('Join now')
  await heading('Your invitation is being used in another browser')
  press('Back')
  await heading('Planning')
  press('Join now')
  await heading('Your invitation is being used in another browser')
  fake.server.answer('room.join', () => {
    throw new FakeRefusal('room_full')
  })
  press('Switch here')
  await heading('The meeting is full')
  expect(fake.server.inputsOf('room.join').at(-1)).toMatchObject({ takeOver: true })
})
