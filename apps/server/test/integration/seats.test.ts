import { expect, it, vi } from 'vitest'
import { startTestApp, type TestApp } from '../lib/test-app.ts'

/** A meeting with Ana and Ben in it. */
async function meetingOfTwo(app: TestApp) {
  const { code } = await app.createMeeting('Planning')
  const [ana, ben] = [await app.connect(), await app.connect()]
  await ana.join({ code, name: 'Ana' })
  await ben.join({ code, name: 'Ben' })
  return { code, ana, ben }
}

async function meetingOfOne(app: TestApp) {
  const { code } = await app.createMeeting()
  const ana = await app.connect()
  await ana.join({ code, name: 'Ana' })
  return { code, ana }
}

function namesIn(peer: { joined: { snapshot: { participants: { name: string }[] } } }): string[] {
  return peer.joined.snapshot.participants.map(({ name }) => name)
}

it('answers a join with everyone who is there and tells the others', async () => {
  const app = await startTestApp()
  const { ana, ben } = await meetingOfTwo(app)
  expect(namesIn(ben)).toEqual(['Ana', 'Ben'])
  expect(ben.joined.snapshot.meeting.title).toBe('Planning')
  await vi.waitFor(() =>
    expect(ana.notifications('room.participantJoined')).toEqual([
      expect.objectContaining({
        id: ben.joined.participantId,
        name: 'Ben',
        connection: 'connected',
        tracks: [],
      }),
    ]),
  )
})

it('refuses what a stranger may not do, and a second join', async () => {
  const app = await startTestApp()
  const { code, ana } = await meetingOfOne(app)
  const stranger = await app.connect()
  await expect(stranger.request('chat.send', { text: 'hello' })).rejects.toThrow('not_joined')
  await expect(stranger.request('sfu.getStats', {})).rejects.toThrow('not_joined')
  await expect(stranger.request('room.leave', { mayReturn: false })).rejects.toThrow('not_joined')
  await expect(ana.join({ code, name: 'Ana' })).rejects.toThrow('already_joined')
})

it('knows no meeting that was not created', async () => {
  const app = await startTestApp()
  const peer = await app.connect()
  const code = 'aaaa-aaaaaa-aaaa' as Parameters<typeof peer.join>[0]['code']
  await expect(peer.join({ code, name: 'Ana' })).rejects.toThrow('meeting_not_found')
})

it('lets no more people in than there is room for', async () => {
  const app = await startTestApp({ roomLimits: { maxParticipants: 2 } })
  const { code } = await meetingOfTwo(app)
  const third = await app.connect()
  await expect(third.join({ code, name: 'Cy' })).rejects.toThrow('room_full')
})

it('gives the seat back to whoever comes back with the token, with the same media session', async () => {
  const app = await startTestApp()
  const { code, ana, ben } = await meetingOfTwo(app)
  await ana.request('chat.send', { text: 'I am here' })
  const { resumeToken, participantId, media } = ana.joined
  ana.socket.disconnect()
  await vi.waitFor(() =>
    expect(ben.notifications('room.participantChanged')).toEqual([
      { id: participantId, connection: 'reconnecting' },
    ]),
  )
  const back = await app.connect()
  const reply = await back.join({ code, name: 'Ana', resumeToken, mediaSessionId: media.id })
  expect(reply.participantId).toBe(participantId)
  expect(reply.media.id).toBe(media.id)
  expect(reply.snapshot.features.chat.messages.map(({ text }) => text)).toEqual(['I am here'])
  await vi.waitFor(() =>
    expect(ben.notifications('room.participantChanged').at(-1)).toEqual({
      id: participantId,
      connection: 'connected',
    }),
  )
  expect(ben.notifications('room.participantLeft')).toEqual([])
})

it('opens a new media session for a client that has lost its own', async () => {
  const app = await startTestApp()
  const { code, ana } = await meetingOfOne(app)
  await ana.request('chat.send', { text: 'x' })
  const { resumeToken, media } = ana.joined
  const reloaded = await app.connect()
  const reply = await reloaded.join({ code, name: 'Ana', resumeToken })
  expect(reply.media.id).not.toBe(media.id)
  expect(namesIn(reloaded)).toEqual(['Ana'])
})

it('ends the stay of a connection whose seat is taken over', async () => {
  const app = await startTestApp()
  const { code, ana: first } = await meetingOfOne(app)
  const second = await app.connect()
  await second.join({ code, name: 'Ana', resumeToken: first.joined.resumeToken })
  await vi.waitFor(() => expect(first.notifications('room.ended')).toEqual([{ reason: 'replaced' }]))
  await vi.waitFor(() => expect(first.socket.connected).toBe(false))
  await expect(second.request('chat.send', { text: 'still here' })).resolves.toMatchObject({ name: 'Ana' })
})

it('takes a resume token once, and its predecessor only while the reply may have been lost', async () => {
  const app = await startTestApp()
  const { code, ana } = await meetingOfOne(app)
  const { resumeToken, participantId } = ana.joined
  const second = await app.connect()
  await second.join({ code, name: 'Ana', resumeToken })
  // The second join's reply got lost: the first token is good again.
  const third = await app.connect()
  expect((await third.join({ code, name: 'Ana', resumeToken })).participantId).toBe(participantId)
  await third.request('chat.send', { text: 'arrived' })
  const thief = await app.connect()
  expect((await thief.join({ code, name: 'Thief', resumeToken })).participantId).not.toBe(participantId)
  expect(third.socket.connected).toBe(true)
})

it('drops the seat when its time is up, and keeps the person known', async () => {
  const app = await startTestApp({ roomLimits: { seatHeldMs: 50 } })
  const { code, ana, ben } = await meetingOfTwo(app)
  await ana.request('chat.send', { text: 'x' })
  ana.socket.disconnect()
  const { participantId, resumeToken } = ana.joined
  await vi.waitFor(() =>
    expect(ben.notifications('room.participantLeft')).toEqual([
      { id: participantId, reason: 'connection_lost' },
    ]),
  )
  const back = await app.connect()
  expect((await back.join({ code, name: 'Ana', resumeToken })).participantId).toBe(participantId)
})

it('holds the seat of a page that reloads for a shorter time', async () => {
  const app = await startTestApp({ roomLimits: { reloadGraceMs: 50, seatHeldMs: 600_000 } })
  const { ana, ben } = await meetingOfTwo(app)
  await ana.request('room.leave', { mayReturn: true })
  ana.socket.disconnect()
  await vi.waitFor(() =>
    expect(ben.notifications('room.participantLeft')).toEqual([
      { id: ana.joined.participantId, reason: 'left' },
    ]),
  )
})

it('lets a person leave and join again on the same connection', async () => {
  const app = await startTestApp()
  const { code, ana, ben } = await meetingOfTwo(app)
  await ana.request('room.leave', { mayReturn: false })
  expect(ben.notifications('room.participantLeft')).toEqual([
    { id: ana.joined.participantId, reason: 'left' },
  ])
  await ana.join({ code, name: 'Ana again' })
  expect(namesIn(ana)).toEqual(['Ben', 'Ana again'])
})

it('recognises people after the server was started again', async () => {
  const secret = { SECRET_KEY: 'k3y-of-the-test-that-is-long-enough-0001' }
  const before = await startTestApp({ env: secret })
  const { code, ana } = await meetingOfOne(before)
  const { participantId, resumeToken } = ana.joined
  const { dataDir } = before
  await before.close()
  const after = await startTestApp({ env: { ...secret, DATA_DIR: dataDir } })
  const back = await after.connect()
  expect((await back.join({ code, name: 'Ana', resumeToken })).participantId).toBe(participantId)
})
