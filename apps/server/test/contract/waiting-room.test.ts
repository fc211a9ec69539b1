import { requests, waitingContract } from '@video-meet/protocol'
import { describe, expect, it, vi } from 'vitest'
import {
  type Arrival,
  type Arriving,
  createBrowser,
  idOf,
  openCallPlace,
  refused,
  seen,
} from './call-place.ts'
import type { Person } from './meeting-place.ts'

/** A call with a host in it and a waiting room before it. */
async function openWaitingRoom() {
  const place = await openCallPlace({ policy: { waitingRoom: 'guests' } })
  const hal = await place.arrive('Hal', { role: 'host' })
  return { place, hal, lobby: hal.room.features.lobby }
}

type Place = Awaited<ReturnType<typeof openWaitingRoom>>['place']

/** Somebody comes and has to wait. */
async function knock(place: Place, name: string, arrival?: Arrival) {
  const arriving = place.approach(name, arrival)
  const waiting = await arriving.waiting
  await vi.waitFor(() => expect(waiting.state.get().place).not.toBeNull())
  return { ...arriving, view: () => waiting.state.get(), waitingRoom: waiting }
}

const waitingFor = ({ room }: Person) => room.features.lobby.state.get().waiting
const namesSeenBy = (host: Person) => waitingFor(host).map(({ name }) => name)
const idsOf = (host: Person, ...names: string[]) =>
  waitingFor(host)
    .filter(({ name }) => names.includes(name))
    .map(({ id }) => id)
const showsNames = (host: Person, ...names: string[]) =>
  vi.waitFor(() => expect(namesSeenBy(host)).toEqual(names))

describe('who has to wait', () => {
  it('is told their place, and is shown to those who may let in, but to nobody else', async () => {
    const { place, hal } = await openWaitingRoom()
    const pat = await place.arrive('Pat', { role: 'participant' })
    const [ana, ben] = [await knock(place, 'Ana'), await knock(place, 'Ben')]
    expect([ana.view(), ben.view()]).toEqual([
      { place: 1, messages: [], name: 'Ana' },
      { place: 2, messages: [], name: 'Ben' },
    ])
    await showsNames(hal, 'Ana', 'Ben')
    expect(waitingFor(hal)[0]).toMatchObject({ hasAccount: false, wasRemoved: false, reminders: 0 })
    expect(waitingFor(pat)).toEqual([])
    for (const act of [
      () => pat.room.features.lobby.admit(idsOf(hal, 'Ana')),
      () => pat.room.features.lobby.deny(idsOf(hal, 'Ana')),
      () => pat.room.features.lobby.message(idsOf(hal, 'Ana'), 'Hello'),
    ])
      await expect(act()).rejects.toEqual(refused('forbidden'))
  })

  it('is in no room: the call knows nothing of them, and they hear nothing of it', async () => {
    const { place, hal } = await openWaitingRoom()
    const heard: unknown[] = []
    const ana = place.approach('Ana')
    ana.server.channel.on('notification', (name) => heard.push(name))
    ana.server.lobby.on('notification', (name) => heard.push(name))
    await ana.waiting
    await showsNames(hal, 'Ana')
    await hal.room.features.chat.send('among ourselves')
    await place.arrive('Mia', { role: 'moderator' })
    await hal.room.features.lobby.message(idsOf(hal, 'Ana'), 'A moment, please')
    await vi.waitFor(() => expect(heard).toEqual(['waiting.messageReceived']))
    expect(hal.room.participants.get().map(({ name }) => name)).toEqual(['Hal', 'Mia'])
    // Not even a connection to the call is left.
    expect(ana.server.channel.isOpen).toBe(false)
  })

  it('finds nothing of the call behind the waiting room, whatever they ask there', async () => {
    const { place } = await openWaitingRoom()
    const ana = await knock(place, 'Ana')
    const answers: Record<string, unknown> = {}
    for (const name of Object.keys(requests)) {
      answers[name] = await new Promise((resolve) =>
        ana.server.lobby.send({ name, input: {}, id: crypto.randomUUID() }, resolve),
      )
    }
    const error = expect.objectContaining({ code: 'not_found' }) as unknown
    expect(answers).toEqual(
      Object.fromEntries(Object.keys(requests).map((name) => [name, { ok: false, error }])),
    )
    expect(Object.keys(waitingContract.requests)).toHaveLength(4)
    expect(Object.keys(waitingContract.notifications)).toHaveLength(4)
  })

  it('fails to join when they would not wait', async () => {
    const { place, hal } = await openWaitingRoom()
    const { joined } = place.approach('Ana', { waits: false })
    await expect(joined).rejects.toMatchObject({ reason: 'waiting_room' })
    expect(waitingFor(hal)).toEqual([])
  })

  it('depends on who they are: hosts and moderators never, members where guests do', async () => {
    const { place, hal } = await openWaitingRoom()
    for (const role of ['moderator', 'presenter', 'participant', 'observer'] as const)
      await expect(place.approach(role, { role }).joined).resolves.toBeDefined()
    await hal.room.features.moderation.changeSettings({ waitingRoom: 'not_invited' })
    await expect(place.approach('Pia', { role: 'presenter' }).joined).resolves.toBeDefined()
    await knock(place, 'Pat', { role: 'participant' })
    await hal.room.features.moderation.changeSettings({ waitingRoom: 'everyone' })
    await knock(place, 'Pip', { role: 'presenter' })
    await expect(place.approach('Max', { role: 'moderator' }).joined).resolves.toBeDefined()
    await showsNames(hal, 'Pat', 'Pip')
    expect(waitingFor(hal).map(({ hasAccount }) => hasAccount)).toEqual([true, false])
  })

  it('does not wait when they were in the call before', async () => {
    const { place, hal, lobby } = await openWaitingRoom()
    const browser = createBrowser()
    const ana = await knock(place, 'Ana', { browser })
    await showsNames(hal, 'Ana')
    await lobby.admit(idsOf(hal, 'Ana'))
    const room = await ana.joined
    await room.features.chat.send('here I am')
    ana.server.channel.drop()
    await vi.waitFor(() => expect(room.state.get().status).toBe('connected'))
    await expect(room.features.chat.send('and again')).resolves.toBeDefined()
    const reloaded = await place.arrive('Ana', { browser })
    expect(idOf(reloaded)).toBe(idOf({ room }))
  })
})

describe('people in line', () => {
  it('are let in one by one: the others move up', async () => {
    const { place, hal, lobby } = await openWaitingRoom()
    const [ana, ben, cy] = [await knock(place, 'Ana'), await knock(place, 'Ben'), await knock(place, 'Cy')]
    await showsNames(hal, 'Ana', 'Ben', 'Cy')
    await lobby.admit(idsOf(hal, 'Ben'))
    const room = await ben.joined
    expect(room.participants.get().map(({ name }) => name)).toEqual(['Hal', 'Ben'])
    await vi.waitFor(() => expect([ana.view().place, cy.view().place]).toEqual([1, 2]))
    await showsNames(hal, 'Ana', 'Cy')
    await lobby.admit(idsOf(hal, 'Ana', 'Cy'))
    await Promise.all([ana.joined, cy.joined])
    await showsNames(hal)
    expect(place.acts.map(({ action, subject }) => [action, subject?.name])).toEqual([
      ['call.admitted', 'Ben'],
      ['call.admitted', 'Ana'],
      ['call.admitted', 'Cy'],
    ])
  })

  it('read what the host writes to them, in order', async () => {
    const { place, hal, lobby } = await openWaitingRoom()
    const [ana, ben] = [await knock(place, 'Ana'), await knock(place, 'Ben')]
    await showsNames(hal, 'Ana', 'Ben')
    await lobby.message(idsOf(hal, 'Ana', 'Ben'), 'Two minutes')
    await lobby.message(idsOf(hal, 'Ben'), 'Who are you?')
    await vi.waitFor(() => expect(ben.view().messages).toEqual(['Two minutes', 'Who are you?']))
    expect(ana.view().messages).toEqual(['Two minutes'])
  })

  it('take another name, and knock again', async () => {
    const { place, hal } = await openWaitingRoom()
    const knocked: string[] = []
    hal.room.features.lobby.events.on('knocked', ({ name, reminders }) =>
      knocked.push(`${name} ${reminders}`),
    )
    const ana = await knock(place, 'Ana')
    await ana.waitingRoom.rename('Ana of the third floor')
    await ana.waitingRoom.remind()
    await vi.waitFor(() => expect(knocked).toEqual(['Ana 0', 'Ana of the third floor 1']))
    expect(ana.view().name).toBe('Ana of the third floor')
    await ana.waitingRoom.remind()
    await expect(ana.waitingRoom.remind()).rejects.toEqual(refused('rate_limited'))
  })

  it('come in under the name that they took', async () => {
    const { place, hal, lobby } = await openWaitingRoom()
    const ana = await knock(place, 'Ana')
    await ana.waitingRoom.rename('Anna')
    await showsNames(hal, 'Anna')
    await lobby.admit(idsOf(hal, 'Anna'))
    const room = await ana.joined
    await vi.waitFor(() => expect(seen(hal, { room })?.name).toBe('Anna'))
  })

  it('are gone from the list when they give up', async () => {
    const { place, hal } = await openWaitingRoom()
    const giveUp = new AbortController()
    const ana = await knock(place, 'Ana', { signal: giveUp.signal })
    const ben = await knock(place, 'Ben')
    giveUp.abort()
    await expect(ana.joined).rejects.toMatchObject({ reason: 'aborted' })
    await showsNames(hal, 'Ben')
    await vi.waitFor(() => expect(ben.view().place).toBe(1))
  })
})

describe('the place of somebody', () => {
  it('is the same after a connection that was lost, and unknown meanwhile', async () => {
    const { place, hal } = await openWaitingRoom()
    const [ana, ben] = [await knock(place, 'Ana'), await knock(place, 'Ben')]
    await showsNames(hal, 'Ana', 'Ben')
    ana.server.lobby.reachable = false
    ana.server.lobby.drop()
    expect(ana.view().place).toBeNull()
    await showsNames(hal, 'Ben')
    await vi.waitFor(() => expect(ben.view().place).toBe(1))
    ana.server.lobby.reachable = true
    await vi.waitFor(() => expect(ana.view().place).toBe(1))
    await showsNames(hal, 'Ana', 'Ben')
    await vi.waitFor(() => expect(ben.view().place).toBe(2))
  })

  it('is the same after the page was reloaded', async () => {
    const { place, hal, lobby } = await openWaitingRoom()
    const browser = createBrowser()
    const first = await knock(place, 'Ana', { browser })
    const ben = await knock(place, 'Ben')
    first.session.close()
    first.server.lobby.reachable = false
    first.server.lobby.drop()
    await showsNames(hal, 'Ben')
    const again = await knock(place, 'Ana', { browser })
    expect(again.view().place).toBe(1)
    await vi.waitFor(() => expect(ben.view().place).toBe(2))
    await showsNames(hal, 'Ana', 'Ben')
    await lobby.admit(idsOf(hal, 'Ana'))
    await expect(again.joined).resolves.toBeDefined()
  })
})

it('lets somebody wait in one tab, the newest', async () => {
  const { place, hal, lobby } = await openWaitingRoom()
  const browser = createBrowser()
  const first = await knock(place, 'Ana', { browser })
  const ben = await knock(place, 'Ben')
  const second = await knock(place, 'Ana', { browser })
  await expect(first.joined).rejects.toMatchObject({ reason: 'replaced' })
  expect([second.view().place, ben.view().place]).toEqual([1, 2])
  await showsNames(hal, 'Ana', 'Ben')
  await lobby.admit(idsOf(hal, 'Ana'))
  await expect(second.joined).resolves.toBeDefined()
  expect(first.server.lobby.sent).toHaveLength(1)
})

describe('whoever is turned away', () => {
  const rejection = async ({ joined }: Arriving) => joined.catch((error: unknown) => error)

  it('by the host is told so', async () => {
    const { place, hal, lobby } = await openWaitingRoom()
    const [ana, ben] = [await knock(place, 'Ana'), await knock(place, 'Ben')]
    await showsNames(hal, 'Ana', 'Ben')
    await lobby.deny(idsOf(hal, 'Ana'))
    expect(await rejection(ana)).toMatchObject({ name: 'JoinError', reason: 'denied' })
    await vi.waitFor(() => expect(ben.view().place).toBe(1))
    expect(place.acts).toMatchObject([{ action: 'call.denied', subject: { name: 'Ana' } }])
  })

  it('by the end of the call is told so', async () => {
    const { place, hal } = await openWaitingRoom()
    const [ana, ben] = [await knock(place, 'Ana'), await knock(place, 'Ben')]
    await hal.room.features.moderation.end().catch(() => undefined)
    for (const person of [ana, ben])
      expect(await rejection(person)).toMatchObject({ reason: 'meeting_ended' })
  })

  it('at the door does not come to wait at all', async () => {
    const { place, hal } = await openWaitingRoom()
    await hal.room.features.moderation.changeSettings({ locked: true })
    const ana = place.approach('Ana')
    expect(await rejection(ana)).toMatchObject({ reason: 'meeting_locked' })
    expect(waitingFor(hal)).toEqual([])
  })
})

describe('the waiting room', () => {
  it('lets everyone in when it is switched off, those in the middle of the line too', async () => {
    const { place, hal } = await openWaitingRoom()
    const people = [await knock(place, 'Ana'), await knock(place, 'Ben'), await knock(place, 'Cy')]
    await hal.room.features.moderation.changeSettings({ waitingRoom: 'nobody' })
    await Promise.all(people.map(({ joined }) => joined))
    await vi.waitFor(() => expect(hal.room.participants.get()).toHaveLength(4))
    expect(waitingFor(hal)).toEqual([])
  })

  it('lets in whoever need not wait when the meeting itself is changed', async () => {
    const { place, hal } = await openWaitingRoom()
    await hal.room.features.moderation.changeSettings({ waitingRoom: 'everyone' })
    const [gus, pat] = [await knock(place, 'Gus'), await knock(place, 'Pat', { role: 'participant' })]
    await hal.room.features.moderation.changeSettings({ waitingRoom: 'guests' })
    await pat.joined
    await showsNames(hal, 'Gus')
    place.setPolicy({ waitingRoom: 'nobody' })
    await expect(gus.joined).resolves.toBeDefined()
  })

  it('can be switched on during the call: those in it stay, others wait', async () => {
    const place = await openCallPlace()
    const hal = await place.arrive('Hal', { role: 'host' })
    const ana = await place.arrive('Ana')
    await hal.room.features.moderation.changeSettings({ waitingRoom: 'everyone' })
    const ben = await knock(place, 'Ben')
    expect(ben.view().place).toBe(1)
    expect(ana.room.state.get()).toEqual({ status: 'connected' })
  })

  it('fills before anybody is in the call, and is shown to the host who comes', async () => {
    const place = await openCallPlace({ policy: { waitingRoom: 'everyone' } })
    const ana = await knock(place, 'Ana')
    const pat = await knock(place, 'Pat', { role: 'participant' })
    expect(place.registry.rooms).toEqual([])
    // Who need not wait any more by the time that it begins is let in.
    place.setPolicy({ waitingRoom: 'guests' })
    const hal = await place.arrive('Hal', { role: 'host' })
    expect(namesSeenBy(hal)).toEqual(['Ana'])
    await expect(pat.joined).resolves.toBeDefined()
    await hal.room.features.lobby.admit(idsOf(hal, 'Ana'))
    await expect(ana.joined).resolves.toBeDefined()
  })

  it('is shown to whoever is given the right to let in, and let in they can', async () => {
    const { place, hal } = await openWaitingRoom()
    const pat = await place.arrive('Pat', { role: 'participant' })
    const ana = await knock(place, 'Ana')
    await hal.room.features.moderation.grant(idOf(pat), 'admit', true)
    await showsNames(pat, 'Ana')
    await pat.room.features.lobby.admit(idsOf(pat, 'Ana'))
    await expect(ana.joined).resolves.toBeDefined()
    await knock(place, 'Ben')
    await showsNames(pat, 'Ben')
    await hal.room.features.moderation.grant(idOf(pat), 'admit', false)
    await showsNames(pat)
    await showsNames(hal, 'Ben')
  })

  it('lets in those who waited already when the call was locked', async () => {
    const { place, hal, lobby } = await openWaitingRoom()
    const ana = await knock(place, 'Ana')
    await hal.room.features.moderation.changeSettings({ locked: true })
    await lobby.admit(idsOf(hal, 'Ana'))
    await expect(ana.joined).resolves.toBeDefined()
  })

  it('lets in nobody by itself while the call is locked, and everyone when it is unlocked', async () => {
    const { place, hal } = await openWaitingRoom()
    const ana = await knock(place, 'Ana')
    const { moderation } = hal.room.features
    await moderation.changeSettings({ locked: true })
    await moderation.changeSettings({ waitingRoom: 'nobody' })
    await showsNames(hal, 'Ana')
    await moderation.changeSettings({ locked: false })
    await expect(ana.joined).resolves.toBeDefined()
  })

  it('keeps the place of those whose connection was lost while the call is locked', async () => {
    const { place, hal, lobby } = await openWaitingRoom()
    const ana = await knock(place, 'Ana')
    await hal.room.features.moderation.changeSettings({ locked: true, waitingRoom: 'nobody' })
    ana.server.lobby.drop()
    await vi.waitFor(() => expect(ana.view().place).toBeNull())
    await vi.waitFor(() => expect(ana.view().place).toBe(1))
    await showsNames(hal, 'Ana')
    await expect(place.approach('Ben').joined).rejects.toMatchObject({ reason: 'meeting_locked' })
    await lobby.admit(idsOf(hal, 'Ana'))
    await expect(ana.joined).resolves.toBeDefined()
  })
})
