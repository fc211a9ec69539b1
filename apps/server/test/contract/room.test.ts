import { expect, it, vi } from 'vitest'
import { openMeetingPlace, type Person } from './meeting-place.ts'

function seenBy(person: Person): string[] {
  return person.room.participants.get().map(({ name }) => name)
}

it('shows everyone to everyone, in order of joining', async () => {
  const place = openMeetingPlace()
  const ana = await place.arrive('Ana')
  const ben = await place.arrive('Ben')
  expect(ana.room.meeting.title).toBe('Planning')
  await vi.waitFor(() => expect(seenBy(ana)).toEqual(['Ana', 'Ben']))
  expect(seenBy(ben)).toEqual(['Ana', 'Ben'])
  expect(ben.room.localParticipant.name).toBe('Ben')
  await ana.room.leave()
  await vi.waitFor(() => expect(seenBy(ben)).toEqual(['Ben']))
})

it('tells the others that a person is away and back, and who they are stays the same', async () => {
  const place = openMeetingPlace()
  const ana = await place.arrive('Ana')
  const ben = await place.arrive('Ben')
  await ana.room.features.chat.send('I am here')
  const { id } = ana.room.localParticipant
  const anaAtBen = () => ben.room.participants.get().find((participant) => participant.id === id)
  const states: (string | undefined)[] = []
  anaAtBen()?.state.subscribe(() => states.push(anaAtBen()?.state.get().connection))
  ana.server.channel.drop()
  await vi.waitFor(() => expect(states).toEqual(['reconnecting', 'connected']))
  await vi.waitFor(() => expect(ana.room.state.get()).toEqual({ status: 'connected' }))
  expect(ana.room.localParticipant.id).toBe(id)
  expect(seenBy(ben)).toEqual(['Ana', 'Ben'])
})

it('delivers what was asked while the connection was lost, once', async () => {
  const place = openMeetingPlace()
  const ana = await place.arrive('Ana')
  const ben = await place.arrive('Ben')
  await ana.room.features.chat.send('before')
  ana.server.channel.reachable = false
  ana.server.channel.drop()
  const sent = ana.room.features.chat.send('while away')
  ana.server.channel.reachable = true
  await sent
  await vi.waitFor(() =>
    expect(ben.room.features.chat.state.get().messages.map(({ text }) => text)).toEqual([
      'before',
      'while away',
    ]),
  )
})

it('acts once when the reply got lost with the connection', async () => {
  const place = openMeetingPlace()
  const ana = await place.arrive('Ana')
  const ben = await place.arrive('Ben')
  await ana.room.features.chat.send('first')
  const sent = ana.room.features.chat.send('second')
  await vi.waitFor(() => expect(ana.server.channel.sent.at(-1)?.input).toEqual({ text: 'second' }))
  ana.server.channel.drop()
  expect((await sent).text).toBe('second')
  const texts = (person: Person) => person.room.features.chat.state.get().messages.map(({ text }) => text)
  await vi.waitFor(() => expect(texts(ben)).toEqual(['first', 'second']))
  expect(texts(ana)).toEqual(['first', 'second'])
})

it('keeps the chat for those who come later', async () => {
  const place = openMeetingPlace()
  const ana = await place.arrive('Ana')
  await ana.room.features.chat.send('hello')
  const ben = await place.arrive('Ben')
  expect(ben.room.features.chat.state.get().messages).toMatchObject([{ name: 'Ana', text: 'hello' }])
})

it('ends the stay in the first tab when the same person takes the seat in a second one', async () => {
  const place = openMeetingPlace()
  const kept = new Map<string, string>()
  const tokens = {
    get: (code: string) => kept.get(code),
    set: (code: string, token: string) => void kept.set(code, token),
    remove: (code: string) => void kept.delete(code),
  }
  // As in one browser: both tabs keep what shows that it is the same guest in the same place.
  const guestToken = { get: () => kept.get('guest'), set: (token: string) => void kept.set('guest', token) }
  const first = await place.arrive('Ana', { tokens, guestToken })
  await first.room.features.chat.send('from the first tab')
  const second = await place.arrive('Ana', { tokens, guestToken })
  expect(second.room.localParticipant.id).toBe(first.room.localParticipant.id)
  expect(seenBy(second)).toEqual(['Ana'])
  await vi.waitFor(() => expect(first.room.state.get()).toEqual({ status: 'ended', reason: 'replaced' }))
  await expect(second.room.features.chat.send('from the second tab')).resolves.toMatchObject({ name: 'Ana' })
})

it('refuses a message that is too long before it is sent, with an error that says so', async () => {
  const place = openMeetingPlace()
  const ana = await place.arrive('Ana')
  await expect(ana.room.features.chat.send('x'.repeat(4001))).rejects.toMatchObject({ code: 'bad_request' })
  expect(ana.room.features.chat.state.get().messages).toEqual([])
})
