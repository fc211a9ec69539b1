import type { JoinOptions } from '@video-meet/client'
import { createFakeSession, FAKE_CODE } from '@video-meet/client/testing'
import type { TrackSource } from '@video-meet/protocol'
import { describe, expect, it, vi } from 'vitest'
import {
  type CallPlace,
  createBrowser,
  idOf,
  openCallPlace,
  publish,
  refused,
  sentBy,
  tracksSeen,
} from './call-place.ts'
import type { Person } from './meeting-place.ts'

type Browser = NonNullable<JoinOptions['parts']>

/** A tab with no seat yet, of a browser whose guest is known. */
function anotherTab({ guestToken }: Browser): Browser {
  return { ...createBrowser(), ...(guestToken && { guestToken }) }
}

/** A host, a moderator and a guest. */
async function openCall() {
  const place = await openCallPlace()
  const hal = await place.arrive('Hal', { role: 'host' })
  const mia = await place.arrive('Mia', { role: 'moderator' })
  const ana = await place.arrive('Ana')
  return { place, hal, mia, ana }
}

/** The media worker takes its time with one of somebody's next requests. @returns what lets it go on */
function holdMedia(place: CallPlace, person: Person, name: 'produce' | 'setMuted') {
  const { media } = place.seatOf(person)
  if (!media) throw new Error('no media session')
  const worker = media as unknown as Record<typeof name, (...input: unknown[]) => Promise<unknown>>
  const work = worker[name].bind(media)
  const { promise, resolve } = Promise.withResolvers<void>()
  const held = vi.spyOn(worker, name).mockImplementationOnce(async (...input: unknown[]) => {
    await promise
    return work(...input)
  })
  return { release: resolve, isHeld: () => vi.waitFor(() => expect(held).toHaveBeenCalled()) }
}

/** The media worker takes its time with the next who comes in. @returns what lets it go on */
function holdDoor({ routers }: CallPlace) {
  const [router] = routers.routers
  if (!router) throw new Error('nobody is in the call')
  const open = router.openSession.bind(router)
  const { promise, resolve } = Promise.withResolvers<void>()
  const held = vi.spyOn(router, 'openSession').mockImplementationOnce(async () => {
    await promise
    return open()
  })
  return { release: resolve, isHeld: () => vi.waitFor(() => expect(held).toHaveBeenCalled()) }
}

describe('who is just coming in', () => {
  it.each(['remove', 'sendToWaitingRoom'] as const)(
    'through a second tab stays out after %s',
    async (act) => {
      const { place, mia } = await openCall()
      const browser = createBrowser()
      const eve = await place.arrive('Eve', { browser })
      const door = holdDoor(place)
      const { joined } = place.approach('Eve', { browser: anotherTab(browser), waits: false })
      await door.isHeld()
      await mia.room.features.moderation[act](idOf(eve))
      door.release()
      await expect(joined).rejects.toMatchObject({ reason: 'waiting_room' })
      expect(place.registry.rooms[0]?.peers).toHaveLength(3)
    },
  )

  it.each([false, true])('stays out when banned meanwhile, by network: %s', async (network) => {
    const { place, mia } = await openCall()
    const browser = createBrowser()
    const address = '203.0.113.7'
    const eve = await place.arrive('Eve', { browser, address })
    const door = holdDoor(place)
    const { joined } = place.approach('Adam', {
      ...(!network && { browser: anotherTab(browser) }),
      address,
    })
    await door.isHeld()
    await mia.room.features.moderation.ban(idOf(eve), { network })
    door.release()
    await expect(joined).rejects.toMatchObject({ reason: 'banned' })
    expect(place.registry.rooms[0]?.peers).toHaveLength(3)
  })

  it('stays out of a call that is locked meanwhile', async () => {
    const { place, hal } = await openCall()
    const door = holdDoor(place)
    const { joined } = place.approach('Eve')
    await door.isHeld()
    await hal.room.features.moderation.panic()
    door.release()
    await expect(joined).rejects.toMatchObject({ reason: 'meeting_locked' })
  })

  it('has to wait when the waiting room is switched on meanwhile', async () => {
    const { place, hal } = await openCall()
    const door = holdDoor(place)
    const { waiting } = place.approach('Eve')
    await door.isHeld()
    await hal.room.features.moderation.changeSettings({ waitingRoom: 'everyone' })
    door.release()
    await expect(waiting).resolves.toBeDefined()
  })

  it('comes in all the same when they were let in before', async () => {
    const { place, hal } = await openCall()
    await hal.room.features.moderation.changeSettings({ waitingRoom: 'everyone' })
    const eve = place.approach('Eve')
    await eve.waiting
    const { lobby } = hal.room.features
    await vi.waitFor(() => expect(lobby.state.get().waiting).toHaveLength(1))
    const door = holdDoor(place)
    await lobby.admit(lobby.state.get().waiting.map(({ id }) => id))
    await door.isHeld()
    await hal.room.features.moderation.changeSettings({ locked: true })
    door.release()
    await expect(eve.joined).resolves.toBeDefined()
  })
})

describe('what somebody just begins to send', () => {
  it.each(['microphone', 'camera'] as const)(
    'from the %s is held back when it is stopped then',
    async (source) => {
      const { place, mia, ana } = await openCall()
      const worker = holdMedia(place, ana, 'produce')
      const published = publish(ana, source)
      await worker.isHeld()
      await mia.room.features.moderation.stop(idOf(ana), source)
      worker.release()
      await published
      expect(sentBy(place, ana)).toEqual({ [source]: true })
      await vi.waitFor(() => expect(tracksSeen(mia, ana)).toEqual({ [source]: true }))
    },
  )

  it('is held back when all are muted then', async () => {
    const { place, mia, ana } = await openCall()
    const worker = holdMedia(place, ana, 'produce')
    const published = publish(ana, 'microphone')
    await worker.isHeld()
    await mia.room.features.moderation.muteAll()
    worker.release()
    await published
    expect(sentBy(place, ana)).toEqual({ microphone: true })
  })

  it('from their screen is taken away when it is stopped then', async () => {
    const { place, mia, ana } = await openCall()
    const worker = holdMedia(place, ana, 'produce')
    const published = publish(ana, 'screen')
    await worker.isHeld()
    await mia.room.features.moderation.stop(idOf(ana), 'screen')
    worker.release()
    await published.catch(() => undefined)
    expect(sentBy(place, ana)).toEqual({})
    expect(tracksSeen(mia, ana)).toEqual({})
  })

  it('is seen by nobody any more when it was taken away while they muted it', async () => {
    const { place, mia, ana } = await openCall()
    const source: TrackSource = 'screen-audio'
    await publish(ana, source)
    const worker = holdMedia(place, ana, 'setMuted')
    const muted = ana.session.signaling.request('track.setMuted', { source, muted: true })
    await worker.isHeld()
    await mia.room.features.moderation.stop(idOf(ana), source)
    worker.release()
    await muted.catch(() => undefined)
    expect(place.seatOf(ana).tracks.size).toBe(0)
    await vi.waitFor(() => expect(tracksSeen(mia, ana)).toEqual({}))
  })
})

/** Somebody without the SDK, who says what they like. */
async function stranger(place: CallPlace, browser: Browser) {
  const { server, session } = createFakeSession()
  place.wire(server)
  server.lobby.connect(1000)
  await vi.waitFor(() => expect([server.lobby.isOpen, server.channel.isOpen]).toEqual([true, true]))
  let admitted = ''
  server.lobby.on('notification', (name, payload) => {
    if (name === 'waiting.admitted') admitted = (payload as { readonly ticket: string }).ticket
  })
  const proofs = () => ({ code: FAKE_CODE, name: 'Eve', guestToken: browser.guestToken?.get() ?? '' })
  return {
    /** The ticket with which they were let in. */
    admitted: () => admitted,
    /** @returns the ticket that they get at once */
    async knock() {
      const reply = await new Promise<unknown>((resolve) =>
        server.lobby.send({ name: 'waiting.knock', input: proofs(), id: crypto.randomUUID() }, resolve),
      )
      const { data } = reply as {
        readonly data: { readonly ticket: string | null; readonly guestToken: string }
      }
      browser.guestToken?.set(data.guestToken)
      return data.ticket ?? ''
    },
    join: (ticket: string) =>
      session.signaling.request(
        'room.join',
        { ...proofs(), rtpCapabilities: { codecs: [] }, ticket },
        { beforeSeat: true },
      ),
  }
}

describe('a ticket that somebody got who need not wait', () => {
  it('does not bring back who was removed', async () => {
    const { place, mia } = await openCall()
    const browser = createBrowser()
    const eve = await place.arrive('Eve', { browser })
    const hostile = await stranger(place, browser)
    const ticket = await hostile.knock()
    await mia.room.features.moderation.remove(idOf(eve))
    await expect(hostile.join(ticket)).rejects.toEqual(refused('waiting_room'))
    expect(place.registry.rooms[0]?.peers).toHaveLength(3)
  })

  it('leads neither into a call that was locked since nor past its waiting room', async () => {
    const { place, hal } = await openCall()
    const browser = createBrowser()
    await (await place.arrive('Eve', { browser })).room.leave()
    const hostile = await stranger(place, browser)
    const ticket = await hostile.knock()
    await hal.room.features.moderation.changeSettings({ waitingRoom: 'everyone' })
    await expect(hostile.join(ticket)).rejects.toEqual(refused('waiting_room'))
    await hal.room.features.moderation.panic()
    await expect(hostile.join(ticket)).rejects.toEqual(refused('meeting_locked'))
  })
})

it('takes no ticket that somebody kept from before they were removed', async () => {
  const { place, hal, mia } = await openCall()
  await hal.room.features.moderation.changeSettings({ waitingRoom: 'everyone' })
  const browser = createBrowser()
  const hostile = await stranger(place, browser)
  await hostile.knock()
  // The waiting room is switched off: they are let in, and come in through another tab without that ticket.
  await hal.room.features.moderation.changeSettings({ waitingRoom: 'nobody' })
  await vi.waitFor(() => expect(hostile.admitted()).not.toBe(''))
  const eve = await place.arrive('Eve', { browser })
  await mia.room.features.moderation.remove(idOf(eve))
  await expect(hostile.join(hostile.admitted())).rejects.toEqual(refused('waiting_room'))
})
