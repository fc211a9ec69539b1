import { FakeTrack } from '@video-meet/client/testing'
import { describe, expect, it, vi } from 'vitest'
import { REQUEST_POLICY } from '../../src/room/permissions.ts'
import {
  createBrowser,
  idOf,
  notesOf,
  openCallPlace,
  publish,
  refused,
  seen,
  sentBy,
  tracksSeen,
} from './call-place.ts'

/** A host, a moderator, a participant and a guest. */
async function openCall(options?: Parameters<typeof openCallPlace>[0]) {
  const place = await openCallPlace(options)
  const hal = await place.arrive('Hal', { role: 'host' })
  const mia = await place.arrive('Mia', { role: 'moderator' })
  const pat = await place.arrive('Pat', { role: 'participant', microphone: new FakeTrack('audio') })
  const gus = await place.arrive('Gus')
  return { place, hal, mia, pat, gus }
}

describe('a role', () => {
  it('is what one came in as, and is seen by everyone with all that belongs to it', async () => {
    const { hal, mia, pat, gus } = await openCall()
    const people = gus.room.participants.get().map((person) => [person.name, person.state.get().role])
    expect(people).toEqual([
      ['Hal', 'host'],
      ['Mia', 'moderator'],
      ['Pat', 'participant'],
      ['Gus', 'guest'],
    ])
    expect(hal.room.localParticipant.may('end')).toBe(true)
    expect(mia.room.localParticipant.may('remove')).toBe(true)
    expect(seen(gus, pat)?.may).toEqual(['microphone', 'camera', 'screen', 'chat', 'hand'])
  })

  it('is given live: what comes with it can be done at once, and is gone with it', async () => {
    const { mia, hal, pat, gus } = await openCall()
    const notes = notesOf(pat)
    await expect(pat.room.features.moderation.muteAll()).rejects.toEqual(refused('forbidden'))
    await hal.room.features.moderation.giveRole(idOf(pat), 'moderator')
    await vi.waitFor(() => expect(seen(gus, pat)).toMatchObject({ role: 'moderator' }))
    expect(pat.room.localParticipant.state.get().role).toBe('moderator')
    expect(pat.room.localParticipant.may('moderate')).toBe(true)
    await pat.room.features.moderation.muteAll()
    await hal.room.features.moderation.giveRole(idOf(pat), 'observer')
    await vi.waitFor(() => expect(seen(mia, pat)?.may).toEqual([]))
    await expect(pat.room.features.moderation.muteAll()).rejects.toEqual(refused('forbidden'))
    expect(notes.map((note) => 'role' in note && [note.by, note.role])).toEqual([
      ['Hal', 'moderator'],
      ['Hal', 'observer'],
    ])
  })

  it('is given below the own one alone, to those below alone', async () => {
    const { place, hal, mia, pat } = await openCall()
    const max = await place.arrive('Max', { role: 'moderator' })
    const { moderation } = mia.room.features
    for (const role of ['host', 'moderator'] as const)
      await expect(moderation.giveRole(idOf(pat), role)).rejects.toEqual(refused('forbidden'))
    for (const person of [hal, max, mia])
      await expect(moderation.giveRole(idOf(person), 'guest')).rejects.toEqual(refused('forbidden'))
    await expect(pat.room.features.moderation.giveRole(idOf(pat), 'host')).rejects.toEqual(
      refused('forbidden'),
    )
    await moderation.giveRole(idOf(pat), 'presenter')
    expect(place.seatOf(pat).role).toBe('presenter')
    expect(place.acts.map(({ action }) => action)).toEqual(['call.role_given'])
  })

  it('holds for the person, through another seat of theirs in the same call', async () => {
    const { place, hal } = await openCall()
    const browser = createBrowser()
    const first = await place.arrive('Ana', { browser })
    await hal.room.features.moderation.giveRole(idOf(first), 'presenter')
    await first.room.leave()
    const second = await place.arrive('Ana', { browser })
    expect(idOf(second)).not.toBe(idOf(first))
    expect(second.room.localParticipant.state.get().role).toBe('presenter')
  })
})

it('hands the meeting over: the new host has it all, and the one before is a moderator', async () => {
  const { place, hal, mia, gus, pat } = await openCall()
  await hal.room.features.moderation.giveRole(idOf(pat), 'host')
  await vi.waitFor(() => expect(seen(gus, pat)?.role).toBe('host'))
  expect(seen(gus, hal)?.role).toBe('moderator')
  await expect(hal.room.features.moderation.end()).rejects.toEqual(refused('forbidden'))
  await expect(hal.room.features.moderation.remove(idOf(pat))).rejects.toEqual(refused('forbidden'))
  await pat.room.features.moderation.giveRole(idOf(mia), 'participant')
  expect(place.seatOf(mia).role).toBe('participant')
})

it('lets a moderator act as host while none is there, until the host is back', async () => {
  const { hal, mia, gus } = await openCall({ limits: { hostAwayMs: 1 } })
  await hal.room.features.chat.send('back in a moment')
  hal.server.channel.reachable = false
  hal.server.channel.drop()
  await vi.waitFor(() => expect(seen(gus, mia)?.role).toBe('host'))
  expect(mia.room.localParticipant.may('end')).toBe(true)
  hal.server.channel.reachable = true
  await vi.waitFor(() => expect(seen(gus, mia)?.role).toBe('moderator'))
  expect(mia.room.localParticipant.may('end')).toBe(false)
  expect(seen(gus, hal)?.role).toBe('host')
})

it('makes nobody the host for good while the host is only away', async () => {
  const { hal, mia, pat, gus } = await openCall({ limits: { hostAwayMs: 1 } })
  await hal.room.features.chat.send('back in a moment')
  hal.server.channel.reachable = false
  hal.server.channel.drop()
  await vi.waitFor(() => expect(seen(gus, mia)?.role).toBe('host'))
  const { moderation } = mia.room.features
  await expect(moderation.giveRole(idOf(pat), 'host')).rejects.toEqual(refused('forbidden'))
  await moderation.giveRole(idOf(pat), 'moderator')
  hal.server.channel.reachable = true
  await vi.waitFor(() => expect(seen(gus, hal)?.connection).toBe('connected'))
  await hal.room.features.moderation.giveRole(idOf(pat), 'participant')
  await hal.room.features.moderation.giveRole(idOf(mia), 'participant')
})

describe('a single capability', () => {
  it('is granted and withdrawn, with effect at once and for everyone to see', async () => {
    const { place, mia, pat, gus } = await openCall()
    const notes = notesOf(pat)
    const { moderation } = mia.room.features
    await moderation.grant(idOf(pat), 'moderate', true)
    await vi.waitFor(() => expect(seen(gus, pat)?.may).toContain('moderate'))
    await pat.room.features.moderation.stop(idOf(gus), 'microphone')
    // What takes a higher rank than that of the subject is not granted with it.
    await expect(pat.room.features.moderation.rename(idOf(gus), 'Gustav', 'why not')).rejects.toEqual(
      refused('forbidden'),
    )
    await moderation.grant(idOf(pat), 'moderate', false)
    await expect(pat.room.features.moderation.stop(idOf(gus), 'microphone')).rejects.toEqual(
      refused('forbidden'),
    )
    await moderation.grant(idOf(pat), 'chat', false)
    await expect(pat.room.features.chat.send('hello')).rejects.toEqual(refused('forbidden'))
    await vi.waitFor(() => expect(pat.room.localParticipant.may('chat')).toBe(false))
    await vi.waitFor(() =>
      expect(notes).toEqual([
        { act: 'granted', by: 'Mia', capability: 'moderate' },
        { act: 'withdrawn', by: 'Mia', capability: 'moderate' },
        { act: 'withdrawn', by: 'Mia', capability: 'chat' },
      ]),
    )
    expect(place.acts.map(({ action }) => action)).toContain('call.withdrawn')
  })

  it('is granted, or taken, by those alone who hold it', async () => {
    const { place, hal, mia, pat } = await openCall()
    await hal.room.features.moderation.grant(idOf(mia), 'remove', false)
    await hal.room.features.moderation.grant(idOf(pat), 'admit', true)
    const { moderation } = mia.room.features
    for (const allowed of [true, false])
      await expect(moderation.grant(idOf(pat), 'remove', allowed)).rejects.toEqual(refused('forbidden'))
    await moderation.grant(idOf(pat), 'admit', false)
    expect([place.seatOf(pat).may('remove'), place.seatOf(pat).may('admit')]).toEqual([false, false])
  })

  it('is granted to nobody of the own rank or above, and by nobody who only holds the capability', async () => {
    const { place, hal, mia, pat, gus } = await openCall()
    const max = await place.arrive('Max', { role: 'moderator' })
    const { moderation } = mia.room.features
    for (const person of [hal, max, mia])
      await expect(moderation.grant(idOf(person), 'microphone', false)).rejects.toEqual(refused('forbidden'))
    await moderation.grant(idOf(pat), 'admit', true)
    await expect(pat.room.features.moderation.grant(idOf(gus), 'admit', true)).rejects.toEqual(
      refused('forbidden'),
    )
  })

  it('of those that belong to roles alone cannot be granted at all', async () => {
    const { hal, pat } = await openCall()
    const { request } = hal.session.signaling
    for (const capability of ['grant', 'settings', 'end']) {
      const input = { participantId: idOf(pat), capability, allowed: true } as never
      await expect(request('moderation.grant', input)).rejects.toEqual(refused('bad_request'))
    }
  })

  it('to publish is refused to an observer, and is not kept for later', async () => {
    const { place, hal } = await openCall()
    const olga = await place.arrive('Olga', { role: 'observer' })
    const { moderation } = hal.room.features
    await expect(moderation.grant(idOf(olga), 'camera', true)).rejects.toEqual(refused('conflict'))
    expect(place.seatOf(olga).may('camera')).toBe(false)
    expect(place.registry.rooms[0]?.call.standingOf(place.seatOf(olga).person.key)).toEqual({})
    await moderation.grant(idOf(olga), 'chat', true)
    await expect(olga.room.features.chat.send('only a word')).resolves.toBeDefined()
  })
})

describe('the settings of a call', () => {
  it('take effect at once: a chat that is closed takes nothing more from those below', async () => {
    const { mia, pat, gus } = await openCall()
    await mia.room.features.moderation.changeSettings({ chat: 'presenters' })
    await vi.waitFor(() => expect(gus.room.settings.get().chat).toBe('presenters'))
    for (const { room } of [pat, gus]) {
      await expect(room.features.chat.send('hello')).rejects.toEqual(refused('forbidden'))
      expect(room.localParticipant.may('chat')).toBe(false)
    }
    await mia.room.features.chat.send('Questions later, please')
    await mia.room.features.moderation.changeSettings({ chat: 'members' })
    await expect(pat.room.features.chat.send('hello')).resolves.toBeDefined()
    await expect(gus.room.features.chat.send('hello')).rejects.toEqual(refused('forbidden'))
  })

  it('take away what is being sent: who may not speak, be seen or share any more is stopped', async () => {
    const { place, hal, pat, gus } = await openCall()
    await publish(pat, 'microphone', 'camera', 'screen', 'screen-audio')
    await hal.room.features.moderation.changeSettings({
      talk: 'presenters',
      video: 'presenters',
      share: 'presenters',
    })
    expect(sentBy(place, pat)).toEqual({ microphone: true, camera: true })
    await vi.waitFor(() => expect(tracksSeen(gus, pat)).toEqual({ microphone: true, camera: true }))
    // Their own client does not go on as if they were heard.
    expect(pat.room.localParticipant.track('microphone')?.state.get().muted).toBe(true)
    await hal.room.features.moderation.changeSettings({ talk: 'everyone' })
    expect(sentBy(place, pat)).toMatchObject({ microphone: true })
    expect(pat.room.localParticipant.track('microphone')?.state.get().muted).toBe(true)
    await hal.room.features.moderation.changeSettings({ talk: 'presenters' })
    for (const source of ['microphone', 'camera', 'screen'] as const)
      await expect(publish(pat, source)).rejects.toEqual(refused('forbidden'))
    expect(sentBy(place, pat)).toEqual({ microphone: true, camera: true })
  })

  it('are changed by the host alone where the meeting says so, and never by those below', async () => {
    const { hal, mia, pat } = await openCall({ policy: { settings: 'host' } })
    for (const { room } of [mia, pat]) {
      await expect(room.features.moderation.changeSettings({ locked: true })).rejects.toEqual(
        refused('forbidden'),
      )
      await expect(room.features.moderation.panic()).rejects.toEqual(refused('forbidden'))
    }
    await hal.room.features.moderation.changeSettings({ locked: true })
    expect(hal.room.settings.get().locked).toBe(true)
  })

  it('follow the meeting itself when its owner changes that', async () => {
    const { place, hal, gus } = await openCall()
    await hal.room.features.moderation.changeSettings({ chat: 'nobody', share: 'presenters' })
    place.setPolicy({ share: 'members', video: 'members' })
    await vi.waitFor(() =>
      expect(gus.room.settings.get()).toMatchObject({ chat: 'nobody', share: 'members', video: 'members' }),
    )
    expect(gus.room.localParticipant.may('camera')).toBe(false)
  })

  it('hold at the door too for whom the host made something else', async () => {
    const { place, hal } = await openCall()
    const browsers = [createBrowser(), createBrowser()]
    const max = await place.arrive('Max', { role: 'moderator', browser: browsers[0] })
    const ana = await place.arrive('Ana', { browser: browsers[1] })
    const { moderation } = hal.room.features
    await moderation.giveRole(idOf(max), 'participant')
    await moderation.giveRole(idOf(ana), 'moderator')
    await max.room.leave()
    await ana.room.leave()
    await moderation.changeSettings({ locked: true, waitingRoom: 'everyone' })
    const again = place.approach('Max', { role: 'moderator', browser: browsers[0] })
    await expect(again.joined).rejects.toMatchObject({ reason: 'meeting_locked' })
    const back = await place.arrive('Ana', { browser: browsers[1] })
    expect(back.room.localParticipant.may('moderate')).toBe(true)
  })

  it('keep newcomers out of a call that is locked, except those who run it or were in it', async () => {
    const { place, mia, hal } = await openCall()
    const browser = createBrowser()
    const ana = await place.arrive('Ana', { browser })
    await hal.room.features.moderation.changeSettings({ locked: true })
    await expect(place.approach('Lee').joined).rejects.toMatchObject({ reason: 'meeting_locked' })
    await expect(place.approach('Max', { role: 'moderator' }).joined).resolves.toBeDefined()
    // Another tab of somebody who is in it.
    await expect(place.approach('Ana', { browser }).joined).resolves.toBeDefined()
    await vi.waitFor(() => expect(ana.room.state.get()).toMatchObject({ reason: 'replaced' }))
    expect(seen(mia, hal)).toBeDefined()
  })
})

it('secures the call in one: locked, everyone mute, no shares, no chat, and a waiting room', async () => {
  const { place, hal, mia, pat, gus } = await openCall()
  await publish(hal, 'microphone', 'screen')
  await publish(mia, 'microphone')
  await publish(pat, 'microphone', 'camera', 'screen', 'screen-audio')
  const pia = await place.arrive('Pia', { role: 'presenter' })
  await publish(pia, 'microphone', 'camera', 'screen')
  const [notes, toPresenter] = [notesOf(pat), notesOf(pia)]
  await mia.room.features.moderation.panic()
  expect(sentBy(place, pat)).toEqual({ microphone: true, camera: true })
  expect(sentBy(place, pia)).toEqual({ microphone: true, camera: false })
  expect(sentBy(place, mia)).toEqual({ microphone: false })
  expect(sentBy(place, hal)).toEqual({ microphone: false, screen: false })
  await vi.waitFor(() =>
    expect(gus.room.settings.get()).toEqual({
      locked: true,
      talk: 'presenters',
      video: 'presenters',
      share: 'presenters',
      chat: 'nobody',
      waitingRoom: 'everyone',
    }),
  )
  await expect(publish(pat, 'camera')).rejects.toEqual(refused('forbidden'))
  await expect(gus.room.features.chat.send('what now?')).rejects.toEqual(refused('forbidden'))
  await expect(place.approach('Lee').joined).rejects.toMatchObject({ reason: 'meeting_locked' })
  const stopped = (source: string, lasting: boolean) => ({ act: 'stopped', by: 'Mia', source, lasting })
  await vi.waitFor(() => expect(notes).toHaveLength(3))
  expect(notes).toEqual(
    expect.arrayContaining([stopped('camera', true), stopped('microphone', true), stopped('screen', false)]),
  )
  expect(toPresenter).toEqual(
    expect.arrayContaining([stopped('microphone', false), stopped('screen', false)]),
  )
  expect(place.acts.map(({ action }) => action)).toEqual(['call.secured'])
})

it('shows raised hands in order, which their owners and moderators lower', async () => {
  const { mia, pat, gus } = await openCall()
  const notes = notesOf(pat)
  const raised = () => mia.room.features.hands.state.get().raised.map(({ participantId }) => participantId)
  await gus.room.features.hands.raise()
  await pat.room.features.hands.raise()
  await vi.waitFor(() => expect(raised()).toEqual([idOf(gus), idOf(pat)]))
  await expect(gus.room.features.hands.lowerOf(idOf(pat))).rejects.toEqual(refused('forbidden'))
  await expect(gus.room.features.hands.lowerAll()).rejects.toEqual(refused('forbidden'))
  await mia.room.features.hands.lowerOf(idOf(pat))
  await vi.waitFor(() => expect(raised()).toEqual([idOf(gus)]))
  expect(notes).toEqual([{ act: 'handLowered', by: 'Mia' }])
  await gus.room.features.hands.lower()
  await pat.room.features.hands.raise()
  await vi.waitFor(() => expect(raised()).toEqual([idOf(pat)]))
  await mia.room.features.hands.lowerAll()
  await vi.waitFor(() => expect(gus.room.features.hands.state.get().raised).toEqual([]))
})

it('shows whom moderators put in the spotlight, and whose layout all follow, until they leave', async () => {
  const { place, mia, pat, gus } = await openCall()
  const common = () => gus.room.features.layout.state.get()
  await expect(gus.room.features.layout.spotlight(idOf(gus))).rejects.toEqual(refused('forbidden'))
  await expect(gus.room.features.layout.lead({ mode: 'grid', pinned: null })).rejects.toEqual(
    refused('forbidden'),
  )
  await mia.room.features.layout.spotlight(idOf(pat))
  const layout = { mode: 'speaker', pinned: idOf(pat) } as const
  await mia.room.features.layout.lead(layout)
  await vi.waitFor(() => expect(common()).toEqual({ spotlight: idOf(pat), led: { by: idOf(mia), layout } }))
  const late = await place.arrive('Lee')
  expect(late.room.features.layout.state.get()).toEqual(common())
  const gone = idOf(pat)
  await pat.room.leave()
  await vi.waitFor(() =>
    expect(common()).toEqual({
      spotlight: null,
      led: { by: idOf(mia), layout: { mode: 'speaker', pinned: null } },
    }),
  )
  await expect(mia.room.features.layout.spotlight(gone)).rejects.toEqual(refused('not_found'))
  await mia.room.leave()
  await vi.waitFor(() => expect(common()).toEqual({ spotlight: null, led: null }))
})

it('tells somebody on their return what was done meanwhile, before they send anything again', async () => {
  const { place, hal, pat } = await openCall()
  await publish(pat, 'microphone')
  const notes = notesOf(pat)
  const microphone = pat.room.localParticipant.track('microphone')
  const restored: (boolean | undefined)[] = []
  const restore = pat.topology.restore.bind(pat.topology)
  vi.spyOn(pat.topology, 'restore').mockImplementation((...session) => {
    restored.push(microphone?.state.get().muted)
    restore(...session)
  })
  pat.server.channel.reachable = false
  pat.server.channel.drop()
  await vi.waitFor(() => expect(seen(hal, pat)?.connection).toBe('reconnecting'))
  await hal.room.features.moderation.stop(idOf(pat), 'microphone')
  await hal.room.features.moderation.rename(idOf(pat), 'Patricia', 'as asked')
  expect(sentBy(place, pat)).toEqual({ microphone: true })
  expect(notes).toEqual([])
  pat.server.channel.reachable = true
  await vi.waitFor(() => expect(pat.room.state.get().status).toBe('connected'))
  expect(notes.map(({ act }) => act)).toEqual(['stopped', 'renamed'])
  expect(restored).toEqual([true])
  expect(pat.room.localParticipant.name).toBe('Patricia')
  expect(sentBy(place, pat)).toEqual({ microphone: true })
})

it('has no request by which somebody could be switched on by others', () => {
  const rows = Object.entries(REQUEST_POLICY)
  const aboutOthers = rows.filter(([, { subject }]) => subject !== undefined).map(([name]) => name)
  expect(aboutOthers.filter((name) => !name.startsWith('moderation.'))).toEqual([
    // To tell them where one can be reached; their client answers as it likes.
    'link.signal',
    'hands.lowerOf',
    'layout.spotlight',
  ])
  const aboutMedia = rows.filter(([name]) => /^(sfu|track)\./.test(name))
  expect(aboutMedia).toHaveLength(11)
  expect(aboutMedia.filter(([, { subject }]) => subject !== undefined)).toEqual([])
})
