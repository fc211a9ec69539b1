import type { ErrorCode } from '@video-meet/protocol'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { RestError } from './errors.ts'
import type { JoinOptions } from './room-join.ts'
import type { WaitingRoom } from './room-waiting.ts'
import { FAKE_CODE, FakeRefusal } from './testing/fake-server.ts'
import { type FakeSession, createFakeSession } from './testing/fake-session.ts'
import { FakeTrack } from './testing/fake-track.ts'

let fake: FakeSession
/** How requests to the waiting room are answered; an error code stands for a refusal. */
let answers: Record<string, () => unknown>
let guestToken: string | undefined

beforeEach(() => {
  fake = createFakeSession()
  guestToken = undefined
  answers = { 'waiting.knock': () => ({ place: 2, ticket: null, guestToken: 'guest-1' }) }
  fake.server.lobby.server.on('request', ({ name, reply }) => {
    const answer = answers[name]?.() ?? {}
    if (answer === 'nothing') return
    if (typeof answer !== 'string') return reply({ ok: true, data: answer })
    reply({ ok: false, error: { code: answer as ErrorCode, message: `Refused: ${answer}.` } })
  })
  fake.server.answer('room.join', (input) => {
    if (!(input as { ticket?: string }).ticket) throw new FakeRefusal('waiting_room')
    return fake.server.joinReply
  })
})
afterEach(() => void vi.useRealTimers())

/** Joins until it has to wait. */
async function wait(options: Partial<JoinOptions> = {}) {
  const waiting = Promise.withResolvers<WaitingRoom>()
  const joined = fake.join({
    onWaiting: waiting.resolve,
    ...options,
    parts: {
      ...options.parts,
      guestToken: { get: () => guestToken, set: (token) => (guestToken = token) },
    },
  })
  joined.catch(() => undefined)
  const room = await waiting.promise
  return { joined, room, view: () => room.state.get() }
}

/** The same, until the knock was answered with a place. */
async function waitInLine(options?: Partial<JoinOptions>) {
  const waiting = await wait(options)
  await vi.waitFor(() => expect(waiting.view().place).toBe(2))
  return waiting
}

const tell = (name: string, payload: object) => fake.server.lobby.notify(name, payload)
const knocks = () =>
  fake.server.lobby.sent.filter(({ name }) => name === 'waiting.knock').map(({ input }) => input)

describe('waiting to be let in', () => {
  it('knocks with all that shows who the person is, over a line of its own', async () => {
    guestToken = 'guest-0'
    await waitInLine({ name: 'Ana', credentials: { password: 'secret', invitationToken: 'invited' } })
    expect(knocks()).toEqual([
      {
        code: FAKE_CODE,
        name: 'Ana',
        guestToken: 'guest-0',
        password: 'secret',
        invitationToken: 'invited',
      },
    ])
    expect(fake.server.channel.isOpen).toBe(false)
    expect(guestToken).toBe('guest-1')
  })

  it('goes on with the ticket, over a new connection, as the guest that one was while waiting', async () => {
    const { joined } = await waitInLine()
    tell('waiting.admitted', { ticket: 'ticket-1' })
    const room = await joined
    expect(room.state.get()).toEqual({ status: 'connected' })
    const [first, second, ...more] = fake.server.inputsOf('room.join')
    expect(first).not.toHaveProperty('ticket')
    expect(second).toMatchObject({ ticket: 'ticket-1', guestToken: 'guest-1' })
    expect(more).toEqual([])
    expect(fake.server.lobby.isOpen).toBe(false)
  })

  it('does not wait when there is no need to any more', async () => {
    answers['waiting.knock'] = () => ({ place: null, ticket: 'ticket-1', guestToken: null })
    const { joined } = await wait()
    await joined
    expect(fake.server.inputsOf('room.join')[1]).toMatchObject({ ticket: 'ticket-1' })
    expect(guestToken).toBeUndefined()
  })

  it('waits once more when the ticket came too late', async () => {
    let tries = 0
    fake.server.answer('room.join', () => {
      tries += 1
      if (tries < 3) throw new FakeRefusal('waiting_room')
      return fake.server.joinReply
    })
    answers['waiting.knock'] = () => ({ place: null, ticket: `ticket-${tries}`, guestToken: null })
    const { joined } = await wait()
    await joined
    const tickets = fake.server.inputsOf('room.join').map((input) => (input as { ticket?: string }).ticket)
    expect(tickets).toEqual([undefined, 'ticket-1', 'ticket-2'])
  })

  it('comes in with what is chosen at that moment', async () => {
    const [before, now] = [new FakeTrack('audio'), new FakeTrack('audio')]
    let chosen = before
    const { joined } = await waitInLine({ media: () => ({ microphone: chosen, microphoneMuted: true }) })
    chosen = now
    tell('waiting.admitted', { ticket: 'ticket-1' })
    await joined
    expect(fake.topology.published.get('microphone')).toEqual({ mediaTrack: now, muted: true })
  })

  it('fails without anybody to show the waiting room to', async () => {
    await expect(fake.join()).rejects.toMatchObject({ reason: 'waiting_room' })
    expect(fake.server.lobby.sent).toEqual([])
  })
})

describe('in line', () => {
  it('shows the place as it changes, and what the host writes', async () => {
    const { view } = await waitInLine({ name: 'Ana' })
    expect(view()).toEqual({ place: 2, messages: [], name: 'Ana' })
    tell('waiting.placeChanged', { place: 1 })
    tell('waiting.messageReceived', { text: 'Two minutes' })
    tell('waiting.messageReceived', { text: 'One minute' })
    await vi.waitFor(() =>
      expect(view()).toEqual({ place: 1, messages: ['Two minutes', 'One minute'], name: 'Ana' }),
    )
  })

  it('keeps the newest fifty messages, and drops what breaks the contract', async () => {
    const { view } = await waitInLine()
    tell('waiting.placeChanged', { place: 'first' })
    tell('room.participantJoined', { name: 'Ana' })
    tell('toString', {})
    for (let n = 1; n <= 51; n++) tell('waiting.messageReceived', { text: `${n}` })
    await vi.waitFor(() => expect(view().messages).toHaveLength(50))
    expect([view().messages[0], view().messages.at(-1), view().place]).toEqual(['2', '51', 2])
  })

  it('takes another name, under which one knocks again and comes in', async () => {
    const { joined, room, view } = await waitInLine({ name: 'Ana' })
    await room.rename('Anna')
    expect(view().name).toBe('Anna')
    fake.server.lobby.drop()
    await vi.waitFor(() => expect(knocks()).toHaveLength(2))
    tell('waiting.admitted', { ticket: 'ticket-1' })
    await joined
    expect(knocks()).toMatchObject([{ name: 'Ana' }, { name: 'Anna' }])
    expect(fake.server.inputsOf('room.join')).toMatchObject([{ name: 'Ana' }, { name: 'Anna' }])
  })

  it('rejects what the server refuses, and what cannot be asked now', async () => {
    const { room, view } = await waitInLine({ name: 'Ana' })
    answers['waiting.rename'] = () => 'bad_request'
    answers['waiting.remind'] = () => 'rate_limited'
    await expect(room.rename('')).rejects.toMatchObject({ name: 'SignalingError', code: 'bad_request' })
    await expect(room.remind()).rejects.toMatchObject({ code: 'rate_limited' })
    fake.server.lobby.reachable = false
    fake.server.lobby.drop()
    await expect(room.remind()).rejects.toMatchObject({ code: 'disconnected' })
    expect(view()).toEqual({ place: null, messages: [], name: 'Ana' })
  })
})

describe('a connection that is lost', () => {
  it('is made again, and knocks again as the same guest', async () => {
    const { view } = await waitInLine()
    answers['waiting.knock'] = () => ({ place: 1, ticket: null, guestToken: 'guest-1' })
    fake.server.lobby.drop()
    expect(view().place).toBeNull()
    await vi.waitFor(() => expect(view().place).toBe(1))
    expect(knocks()).toHaveLength(2)
    expect(knocks()[1]).toMatchObject({ guestToken: 'guest-1' })
  })

  it('is found out by a knock that nobody answers', async () => {
    vi.useFakeTimers()
    answers['waiting.knock'] = () => 'nothing'
    const { view } = await wait()
    await vi.advanceTimersByTimeAsync(1000)
    expect(knocks()).toHaveLength(1)
    // Heard all the same, it would be refused over the same connection.
    const dropped = vi.fn<() => void>()
    fake.server.lobby.server.on('disconnected', dropped)
    answers['waiting.knock'] = () =>
      dropped.mock.calls.length > 0 ? { place: 3, ticket: null, guestToken: null } : 'already_joined'
    await vi.advanceTimersByTimeAsync(15_000)
    expect(view().place).toBe(3)
    expect(knocks()).toHaveLength(2)
  })
})

describe('a knock', () => {
  it.each(['rate_limited', 'unavailable', 'internal'] as const)(
    'that fails for %s is tried again after a while',
    async (code) => {
      vi.useFakeTimers()
      answers['waiting.knock'] = () => code
      const { view } = await wait()
      await vi.advanceTimersByTimeAsync(4000)
      expect(knocks()).toHaveLength(1)
      answers['waiting.knock'] = () => ({ place: 1, ticket: null, guestToken: null })
      await vi.advanceTimersByTimeAsync(2000)
      expect([view().place, knocks().length]).toEqual([1, 2])
    },
  )

  it('that cannot show who the person is just now is tried again after a while', async () => {
    vi.useFakeTimers()
    const unreachable = new RestError('Nothing answers.', { code: 'network', status: 0 })
    const accessToken = vi
      .fn<() => Promise<string>>()
      .mockResolvedValueOnce('at the door')
      .mockRejectedValueOnce(unreachable)
      .mockResolvedValueOnce('renewed')
    const { view } = await wait({ credentials: { accessToken } })
    await vi.advanceTimersByTimeAsync(6000)
    expect(view().place).toBe(2)
    expect(knocks()).toMatchObject([{ accessToken: 'renewed' }])
  })

  it('is not tried twice when the connection is lost meanwhile', async () => {
    vi.useFakeTimers()
    answers['waiting.knock'] = () => 'rate_limited'
    const { view } = await wait()
    await vi.advanceTimersByTimeAsync(1000)
    answers['waiting.knock'] = () => ({ place: 1, ticket: null, guestToken: null })
    fake.server.lobby.drop()
    await vi.advanceTimersByTimeAsync(20_000)
    expect([view().place, knocks().length]).toEqual([1, 2])
  })

  it.each([
    ['banned', 'banned'],
    ['meeting_locked', 'meeting_locked'],
    ['meeting_ended', 'meeting_ended'],
    ['wrong_password', 'wrong_password'],
    ['not_open_yet', 'not_open_yet'],
  ] as const)('that is refused for %s ends the waiting', async (code, reason) => {
    answers['waiting.knock'] = () => code
    const { joined } = await wait()
    await expect(joined).rejects.toMatchObject({ name: 'JoinError', reason })
    expect(fake.server.lobby.isOpen).toBe(false)
  })
})

describe('the end of waiting', () => {
  it.each([
    ['denied', 'denied'],
    ['ended', 'meeting_ended'],
    ['replaced', 'replaced'],
  ] as const)('by the server for %s', async (reason, expected) => {
    const { joined } = await waitInLine()
    tell('waiting.denied', { reason })
    await expect(joined).rejects.toMatchObject({ name: 'JoinError', reason: expected })
    expect(fake.server.lobby.isOpen).toBe(false)
    expect(fake.server.inputsOf('room.join')).toHaveLength(1)
  })

  it('by the person leaves no line to the server', async () => {
    const giveUp = new AbortController()
    const { joined } = await waitInLine({ signal: giveUp.signal })
    giveUp.abort()
    await expect(joined).rejects.toMatchObject({ reason: 'aborted' })
    expect(fake.server.lobby.isOpen).toBe(false)
  })

  it('by a server of another version', async () => {
    fake.server.lobby.refusal = { code: 'version_mismatch', message: 'Reload the page.' }
    const { joined } = await wait()
    await expect(joined).rejects.toMatchObject({ reason: 'version_mismatch' })
  })

  it('leaves the session ready for another try', async () => {
    const { joined } = await waitInLine()
    tell('waiting.denied', { reason: 'denied' })
    await expect(joined).rejects.toBeDefined()
    const again = await waitInLine()
    tell('waiting.admitted', { ticket: 'ticket-2' })
    await expect(again.joined).resolves.toBeDefined()
  })
})
