import { FAKE_CODE, FakeTrack } from '@video-meet/client/testing'
import { describe, expect, it, vi } from 'vitest'
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
import type { Person } from './meeting-place.ts'

const speaking = () => ({ microphone: new FakeTrack('audio') })
const setMuted = ({ session }: Person, muted: boolean) =>
  session.signaling.request('track.setMuted', { source: 'microphone', muted })
const ownMicrophone = ({ room }: Person) => room.localParticipant.track('microphone')?.state.get().muted

/** A host, a moderator, and two guests who speak. */
async function openCall(options?: Parameters<typeof openCallPlace>[0]) {
  const place = await openCallPlace(options)
  const hal = await place.arrive('Hal', { role: 'host' })
  const mia = await place.arrive('Mia', { role: 'moderator', ...speaking() })
  const ana = await place.arrive('Ana', speaking())
  const ben = await place.arrive('Ben', speaking())
  for (const person of [mia, ana, ben]) await publish(person, 'microphone')
  return { place, hal, mia, ana, ben }
}

describe('muting somebody', () => {
  it('holds their sound back on the server, tells them by whom, and lets them speak again when they like', async () => {
    const { place, mia, ana, ben } = await openCall()
    const notes = notesOf(ana)
    await mia.room.features.moderation.stop(idOf(ana), 'microphone')
    expect(sentBy(place, ana)).toEqual({ microphone: true })
    await vi.waitFor(() => expect(tracksSeen(ben, ana)).toEqual({ microphone: true }))
    expect(notes).toEqual([{ act: 'stopped', by: 'Mia', source: 'microphone', lasting: false }])
    expect(ownMicrophone(ana)).toBe(true)
    expect(sentBy(place, ben)).toEqual({ microphone: false })
    await setMuted(ana, false)
    expect(sentBy(place, ana)).toEqual({ microphone: false })
    expect(place.acts).toMatchObject([
      { action: 'call.muted', subject: { id: idOf(ana), name: 'Ana' }, details: { lasting: false } },
    ])
  })

  it('for good keeps them from it whatever their client does, until it is granted', async () => {
    const { place, hal, ana, ben } = await openCall()
    await hal.room.features.moderation.stop(idOf(ana), 'microphone', true)
    await expect(setMuted(ana, false)).rejects.toEqual(refused('forbidden'))
    await expect(publish(ana, 'microphone')).rejects.toEqual(refused('forbidden'))
    expect(sentBy(place, ana)).toEqual({ microphone: true })
    await vi.waitFor(() => expect(seen(ben, ana)?.may).not.toContain('microphone'))
    expect(ana.room.localParticipant.may('microphone')).toBe(false)
    await setMuted(ana, true)
    await hal.room.features.moderation.grant(idOf(ana), 'microphone', true)
    expect(sentBy(place, ana)).toEqual({ microphone: true })
    await vi.waitFor(() => expect(ana.room.localParticipant.may('microphone')).toBe(true))
    await setMuted(ana, false)
    expect(sentBy(place, ana)).toEqual({ microphone: false })
  })

  it('reaches those of the own rank, but not for good, and nobody above', async () => {
    const { place, hal, mia } = await openCall()
    const max = await place.arrive('Max', { role: 'moderator' })
    await publish(hal, 'microphone')
    const { moderation } = max.room.features
    await moderation.stop(idOf(mia), 'microphone')
    expect(sentBy(place, mia)).toEqual({ microphone: true })
    await expect(moderation.stop(idOf(mia), 'microphone', true)).rejects.toEqual(refused('forbidden'))
    await expect(moderation.stop(idOf(hal), 'microphone')).rejects.toEqual(refused('forbidden'))
    expect(sentBy(place, hal)).toEqual({ microphone: false })
    expect(place.seatOf(mia).may('microphone')).toBe(true)
  })

  it('reaches who has lost the connection without anybody knowing yet, until they speak again by themselves', async () => {
    const { place, mia, ana } = await openCall()
    const { channel } = ana.server
    const comeBack = async () => {
      channel.drop()
      await vi.waitFor(() => expect(ana.room.state.get().status).toBe('reconnecting'))
      channel.silent = false
      await vi.waitFor(() => expect(ana.room.state.get().status).toBe('connected'))
    }
    const notes = notesOf(ana)
    channel.silent = true
    await mia.room.features.moderation.stop(idOf(ana), 'microphone')
    await comeBack()
    await vi.waitFor(() => expect(ownMicrophone(ana)).toBe(true))
    expect(sentBy(place, ana)).toEqual({ microphone: true })
    expect(notes).toEqual([])
    await setMuted(ana, false)
    await ana.room.localParticipant.setMicrophoneMuted(false)
    await comeBack()
    expect(ownMicrophone(ana)).toBe(false)
    expect(sentBy(place, ana)).toEqual({ microphone: false })
  })

  it('waits for who is away without anything that could be held back', async () => {
    const { place, mia, ana } = await openCall()
    ana.server.channel.reachable = false
    ana.server.channel.drop()
    await vi.waitFor(() => expect(place.seatOf(ana).connection).toBeNull())
    place.seatOf(ana).media?.close()
    await mia.room.features.moderation.stop(idOf(ana), 'microphone')
    ana.server.channel.reachable = true
    await vi.waitFor(() => expect(ana.room.state.get().status).toBe('connected'))
    expect(ownMicrophone(ana)).toBe(true)
  })

  it('can be undone by nobody else', async () => {
    const { place, hal, ana } = await openCall()
    await publish(hal, 'microphone')
    await setMuted(hal, true)
    await hal.room.features.moderation.stop(idOf(ana), 'microphone')
    const { request } = hal.session.signaling
    const upon = { source: 'microphone', muted: false, participantId: idOf(ana) } as const
    await expect(request('track.setMuted', upon)).rejects.toEqual(refused('bad_request'))
    await setMuted(hal, false)
    expect(sentBy(place, ana)).toEqual({ microphone: true })
    expect(sentBy(place, hal)).toEqual({ microphone: false })
  })
})

describe('muting everyone', () => {
  it('mutes all but oneself and those above, and tells those who were heard', async () => {
    const { place, hal, mia, ana, ben } = await openCall()
    const olga = await place.arrive('Olga', { role: 'observer' })
    await publish(hal, 'microphone')
    await setMuted(ben, true)
    const [toAna, toBen, toOlga, toMia] = [notesOf(ana), notesOf(ben), notesOf(olga), notesOf(mia)]
    await mia.room.features.moderation.muteAll()
    expect(sentBy(place, ana)).toEqual({ microphone: true })
    expect(sentBy(place, hal)).toEqual({ microphone: false })
    expect(sentBy(place, mia)).toEqual({ microphone: false })
    await vi.waitFor(() =>
      expect(toAna).toEqual([{ act: 'stopped', by: 'Mia', source: 'microphone', lasting: false }]),
    )
    expect([toBen, toOlga, toMia]).toEqual([[], [], []])
    await setMuted(ana, false)
    expect(sentBy(place, ana)).toEqual({ microphone: false })
  })

  it('for good leaves the microphone to presenters', async () => {
    const { place, hal, mia, ana, ben } = await openCall()
    const pia = await place.arrive('Pia', { role: 'presenter' })
    await publish(pia, 'microphone')
    const [toAna, toPia] = [notesOf(ana), notesOf(pia)]
    await hal.room.features.moderation.muteAll(true)
    expect([mia, ana, ben, pia].map((person) => sentBy(place, person))).toEqual(
      Array(4).fill({ microphone: true }),
    )
    await expect(setMuted(ana, false)).rejects.toEqual(refused('forbidden'))
    await setMuted(pia, false)
    expect(sentBy(place, pia)).toEqual({ microphone: false })
    const note = { act: 'stopped', by: 'Hal', source: 'microphone' }
    await vi.waitFor(() => expect(toAna).toEqual([{ ...note, lasting: true }]))
    expect(toPia).toEqual([{ ...note, lasting: false }])
    expect(ben.room.settings.get().talk).toBe('presenters')
    expect(ben.room.localParticipant.may('microphone')).toBe(false)
  })

  it('for good changes a setting, which not every moderator may', async () => {
    const { place, mia, ana } = await openCall({ policy: { settings: 'host' } })
    await expect(mia.room.features.moderation.muteAll(true)).rejects.toEqual(refused('forbidden'))
    expect(sentBy(place, ana)).toEqual({ microphone: false })
    await mia.room.features.moderation.muteAll()
    expect(sentBy(place, ana)).toEqual({ microphone: true })
  })
})

it('tells those whom a change of the settings stops, or the panic button, who did it', async () => {
  const { hal, mia, ana, ben } = await openCall()
  await publish(ben, 'camera')
  const [toMia, toAna, toBen] = [notesOf(mia), notesOf(ana), notesOf(ben)]
  await setMuted(ana, true)
  await hal.room.features.moderation.changeSettings({ talk: 'presenters' })
  const stopped = (source: 'microphone' | 'camera') => ({ act: 'stopped', by: 'Hal', source, lasting: true })
  await vi.waitFor(() => expect(toBen).toEqual([stopped('microphone')]))
  await hal.room.features.moderation.panic()
  await vi.waitFor(() => expect(toBen).toEqual([stopped('microphone'), stopped('camera')]))
  expect(toAna).toEqual([])
  // Who may go on is muted by the button alone.
  expect(toMia).toEqual([{ act: 'stopped', by: 'Hal', source: 'microphone', lasting: false }])
})

it('stops a camera, which stays there and dark, and a share with its sound, which goes', async () => {
  const { place, mia, ana, ben } = await openCall()
  const notes = notesOf(ana)
  await ana.room.localParticipant.setCameraOff(false)
  await ana.room.localParticipant.startScreenShare()
  await publish(ana, 'camera', 'screen', 'screen-audio')
  await mia.room.features.moderation.stop(idOf(ana), 'camera')
  await mia.room.features.moderation.stop(idOf(ana), 'screen')
  expect(sentBy(place, ana)).toEqual({ microphone: false, camera: true })
  await vi.waitFor(() => expect(tracksSeen(ben, ana)).toEqual({ microphone: false, camera: true }))
  expect(notes.map((note) => 'source' in note && note.source)).toEqual(['camera', 'screen'])
  const { localParticipant } = ana.room
  expect(localParticipant.track('camera')?.state.get()).toEqual({ muted: true, mediaTrack: null })
  expect(localParticipant.track('screen')).toBeUndefined()
  expect(localParticipant.track('screen-audio')).toBeUndefined()
  expect(place.acts.map(({ action }) => action)).toEqual(['call.camera_stopped', 'call.share_stopped'])
})

it('asks somebody to speak, which opens nothing, and cannot ask who may not', async () => {
  const { place, mia, ana } = await openCall()
  const notes = notesOf(ana)
  const { moderation } = mia.room.features
  await moderation.stop(idOf(ana), 'microphone')
  await moderation.ask(idOf(ana), 'microphone')
  await vi.waitFor(() => expect(notes.at(-1)).toEqual({ act: 'asked', by: 'Mia', device: 'microphone' }))
  expect(sentBy(place, ana)).toEqual({ microphone: true })
  expect(ownMicrophone(ana)).toBe(true)
  await moderation.grant(idOf(ana), 'camera', false)
  await expect(moderation.ask(idOf(ana), 'camera')).rejects.toEqual(refused('conflict'))
})

it('renames somebody for everyone, for as long as they stay, and tells them why', async () => {
  const { place, mia, ana, ben } = await openCall()
  const notes = notesOf(ana)
  await mia.room.features.moderation.rename(idOf(ana), 'Anna', 'your name as in the list')
  await vi.waitFor(() => expect(seen(ben, ana)?.name).toBe('Anna'))
  expect(ana.room.localParticipant.name).toBe('Anna')
  expect(notes).toEqual([{ act: 'renamed', by: 'Mia', name: 'Anna', reason: 'your name as in the list' }])
  expect(place.acts).toMatchObject([
    { action: 'call.renamed', subject: { name: 'Ana' }, details: { name: 'Anna' } },
  ])
  await setMuted(ana, true)
  ana.server.channel.drop()
  await vi.waitFor(() => expect(ana.room.state.get().status).toBe('reconnecting'))
  await vi.waitFor(() => expect(ana.room.state.get().status).toBe('connected'))
  expect(seen(ben, ana)?.name).toBe('Anna')
  const late = await place.arrive('Lee')
  expect(seen(late, ana)?.name).toBe('Anna')
})

describe('removing somebody', () => {
  it('ends their stay, with who did it and why, and what they send at once', async () => {
    const { place, mia, ana, ben } = await openCall()
    const left: string[] = []
    ben.room.on('participantLeft', ({ name }, reason) => left.push(`${name}: ${reason}`))
    const { media } = place.seatOf(ana)
    const closed = vi.fn<() => void>()
    media?.on('closed', closed)
    await mia.room.features.moderation.remove(idOf(ana), 'this is not for you')
    expect(closed).toHaveBeenCalledTimes(1)
    await vi.waitFor(() =>
      expect(ana.room.state.get()).toEqual({
        status: 'ended',
        reason: 'removed',
        by: 'Mia',
        note: 'this is not for you',
      }),
    )
    expect(left).toEqual(['Ana: removed'])
    expect(place.acts).toMatchObject([
      { action: 'call.removed', subject: { name: 'Ana' }, details: { reason: 'this is not for you' } },
    ])
  })

  it('leaves nothing to ask for to a client that stays on the line', async () => {
    const { mia, ana } = await openCall()
    const { channel } = ana.server
    const drop = vi.spyOn(channel, 'drop').mockReturnValue()
    const server = channel.server
    await mia.room.features.moderation.remove(idOf(ana))
    await vi.waitFor(() => expect(drop).toHaveBeenCalled())
    const reply = vi.fn<(reply: unknown) => void>()
    server.emit('request', { name: 'chat.send', input: { text: 'still here' }, id: 'a-request', reply })
    await vi.waitFor(() => expect(reply).toHaveBeenCalled())
    expect(reply.mock.calls).toMatchObject([[{ ok: false, error: { code: 'not_joined' } }]])
    expect(mia.room.features.chat.state.get().messages).toEqual([])
  })

  it('makes their token for the seat worthless, and makes them wait to be let in again', async () => {
    const { place, mia } = await openCall()
    const browser = createBrowser()
    const eve = await place.arrive('Eve', { browser })
    const resumeToken = browser.tokens?.get(FAKE_CODE) ?? ''
    await mia.room.features.moderation.remove(idOf(eve))
    await vi.waitFor(() => expect(eve.room.state.get().status).toBe('ended'))
    browser.tokens?.set(FAKE_CODE, resumeToken)
    await expect(place.approach('Eve', { browser }).joined).rejects.toMatchObject({ reason: 'removed' })
    browser.tokens?.remove(FAKE_CODE)
    const back = place.approach('Evelyn', { browser })
    await back.waiting
    await vi.waitFor(() =>
      expect(mia.room.features.lobby.state.get().waiting).toMatchObject([
        { name: 'Evelyn', wasRemoved: true },
      ]),
    )
    const ids = mia.room.features.lobby.state.get().waiting.map(({ id }) => id)
    await mia.room.features.lobby.admit(ids)
    const room = await back.joined
    expect(seen(mia, { room })?.name).toBe('Evelyn')
    // Let in again, they are as anybody else.
    await room.leave()
    await expect(place.approach('Eve', { browser }).joined).resolves.toBeDefined()
  })

  it('reaches nobody of the own rank or above', async () => {
    const { place, hal, mia } = await openCall()
    const max = await place.arrive('Max', { role: 'moderator' })
    const { moderation } = max.room.features
    for (const person of [hal, mia, max]) {
      await expect(moderation.remove(idOf(person))).rejects.toEqual(refused('forbidden'))
      await expect(moderation.ban(idOf(person), { network: false })).rejects.toEqual(refused('forbidden'))
      await expect(moderation.sendToWaitingRoom(idOf(person))).rejects.toEqual(refused('forbidden'))
    }
    expect(place.registry.rooms[0]?.peers).toHaveLength(5)
    expect(place.acts).toEqual([])
  })
})

describe('banning somebody', () => {
  it('keeps them out under any name until it is lifted', async () => {
    const { place, mia, ben } = await openCall()
    const browser = createBrowser()
    const eve = await place.arrive('Eve', { browser })
    await mia.room.features.moderation.ban(idOf(eve), { network: false, reason: 'enough' })
    await vi.waitFor(() =>
      expect(eve.room.state.get()).toMatchObject({ reason: 'banned', by: 'Mia', note: 'enough' }),
    )
    await expect(place.approach('Adam', { browser }).joined).rejects.toMatchObject({ reason: 'banned' })
    await vi.waitFor(() => expect(seen(ben, eve)).toBeUndefined())
    const [ban] = await mia.room.features.moderation.listBans()
    expect(ban).toMatchObject({ name: 'Eve', by: 'Mia', hasAccount: false, network: false })
    if (ban) await mia.room.features.moderation.liftBan(ban.id)
    expect(await mia.room.features.moderation.listBans()).toEqual([])
    await expect(place.approach('Eve', { browser }).joined).resolves.toBeDefined()
    expect(place.acts.map(({ action }) => action)).toEqual(['call.banned', 'call.ban_lifted'])
  })

  it('keeps their network out with them if so wanted, but no host', async () => {
    const { place, mia } = await openCall()
    const address = '203.0.113.7'
    const eve = await place.arrive('Eve', { address })
    await mia.room.features.moderation.ban(idOf(eve), { network: true })
    await expect(place.approach('Adam', { address }).joined).rejects.toMatchObject({ reason: 'banned' })
    await expect(place.approach('Hal', { address, role: 'host' }).joined).resolves.toBeDefined()
    await expect(place.approach('Adam', { address: '203.0.113.8' }).joined).resolves.toBeDefined()
  })
})

it('sends somebody to the waiting room, from where they can be let in again', async () => {
  const { place, mia, ben } = await openCall()
  const browser = createBrowser()
  const eve = await place.arrive('Eve', { browser })
  const left: string[] = []
  ben.room.on('participantLeft', (_, reason) => left.push(reason))
  await mia.room.features.moderation.sendToWaitingRoom(idOf(eve))
  await vi.waitFor(() => expect(eve.room.state.get()).toMatchObject({ reason: 'waiting_room', by: 'Mia' }))
  expect(left).toEqual(['waiting_room'])
  const back = place.approach('Eve', { browser })
  await back.waiting
  await vi.waitFor(() => expect(mia.room.features.lobby.state.get().waiting).toHaveLength(1))
  await mia.room.features.lobby.admit(mia.room.features.lobby.state.get().waiting.map(({ id }) => id))
  await expect(back.joined).resolves.toBeDefined()
})

it('finds room in the waiting room for who is sent there, though the call is locked', async () => {
  const { place, mia } = await openCall()
  const { moderation, lobby } = mia.room.features
  const [eves, evans] = [createBrowser(), createBrowser()]
  const eve = await place.arrive('Eve', { browser: eves })
  const evan = await place.arrive('Evan', { browser: evans })
  await moderation.changeSettings({ locked: true })
  await moderation.sendToWaitingRoom(idOf(eve))
  await moderation.remove(idOf(evan))
  const back = place.approach('Eve', { browser: eves })
  await back.waiting
  await vi.waitFor(() => expect(lobby.state.get().waiting).toHaveLength(1))
  await expect(place.approach('Evan', { browser: evans }).joined).rejects.toMatchObject({
    reason: 'meeting_locked',
  })
  await lobby.admit(lobby.state.get().waiting.map(({ id }) => id))
  const room = await back.joined
  // Let in again, they are as anybody else.
  await moderation.remove(room.localParticipant.id)
  await expect(place.approach('Eve', { browser: eves }).joined).rejects.toMatchObject({
    reason: 'meeting_locked',
  })
})

it('ends the meeting for everyone, which the host alone may', async () => {
  const { place, hal, mia, ana } = await openCall()
  await expect(mia.room.features.moderation.end()).rejects.toEqual(refused('forbidden'))
  // The line to the host ends as well, perhaps before the reply.
  await hal.room.features.moderation.end().catch(() => undefined)
  for (const { room } of [hal, mia, ana])
    await vi.waitFor(() =>
      expect(room.state.get()).toEqual({ status: 'ended', reason: 'meeting_ended', by: 'Hal' }),
    )
  await expect(place.approach('Lee').joined).rejects.toMatchObject({ reason: 'meeting_ended' })
})
