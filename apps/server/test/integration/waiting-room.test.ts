import { contracts, Meeting, type RequestName, requests, routes } from '@video-meet/protocol'
import { expect, it, onTestFinished, vi } from 'vitest'
import { patient } from '../../../../scripts/test/time-factor.ts'
import { callRoute, register } from '../lib/people.ts'
import type { ScriptedPeer } from '../lib/scripted-peer.ts'
import { ScriptedVisitor } from '../lib/scripted-visitor.ts'
import { startTestApp, type TestApp } from '../lib/test-app.ts'

const SOON = { timeout: 15_000, interval: 50 }

/** A meeting whose waiting room is for everyone, with its host in it. */
async function openMeeting(app: TestApp) {
  const meeting = await app.createMeeting('Board', { policy: { waitingRoom: 'everyone' } })
  const { code, hostToken } = meeting
  const host = await app.connect()
  await host.join({ code, name: 'Ana', ...(hostToken !== null && { hostToken }) })
  return { ...meeting, host }
}

async function visitor(app: TestApp, code: string, name: string): Promise<ScriptedVisitor> {
  const waiting = await ScriptedVisitor.connect(app.url)
  onTestFinished(() => waiting.close())
  expect(await waiting.ask('waiting.knock', { code, name })).toMatchObject({
    ok: true,
    data: { ticket: null },
  })
  return waiting
}

function waitingSeenBy(host: ScriptedPeer) {
  return host.notifications('lobby.changed').at(-1)?.waiting ?? []
}

/** Frames of Socket.IO itself, replies, and the four things that a waiting person is told. */
const ALLOWED =
  /^(?:open \{.*|ping .*|message 0\/lobby,\{"sid":"[\w-]+"\}|message 3\/lobby,\d+\[\{.*\}\]|message 2\/lobby,\["notification","waiting\.(?:placeChanged|messageReceived|admitted|denied)",\{.*\}\]|message 1\/lobby,.*|close .*)$/s

it(
  'tells those who wait nothing of the meeting, whatever happens in it and whatever they ask',
  { timeout: patient(60_000) },
  async () => {
    const app = await startTestApp()
    const { code, host, id } = await openMeeting(app)
    const waiting = [
      await visitor(app, code, 'First'),
      await visitor(app, code, 'Second'),
      await visitor(app, code, 'Third'),
    ]
    await vi.waitFor(() => expect(waitingSeenBy(host)).toHaveLength(3), SOON)

    // The meeting goes on: somebody is let in, they send, receive, write, raise hands and change what the call allows.
    const guest = await visitor(app, code, 'Ben')
    await vi.waitFor(() => expect(waitingSeenBy(host)).toHaveLength(4), SOON)
    const ben = waitingSeenBy(host).find(({ name }) => name === 'Ben')
    await host.request('lobby.admit', { ids: ben ? [ben.id] : [] })
    const peer = await app.connect()
    const { ticket } = (await guest.notified('waiting.admitted')) as { ticket: string }
    await peer.join({ code, name: 'Ben', ticket, guestToken: guest.guestToken })
    await host.publish()
    await peer.receive([
      ...peer.joined.media.consumers,
      ...(await vi.waitUntil(() => {
        const opened = peer.notifications('sfu.consumerOpened')
        return opened.length === 2 ? opened : null
      }, SOON)),
    ])
    await vi.waitFor(() => expect([...peer.packets.values()].filter((n) => n > 20)).toHaveLength(2), SOON)
    await peer.request('chat.send', { text: 'canary in the chat' })
    await peer.request('hands.raise', {})
    await host.request('moderation.changeSettings', { share: 'presenters' })
    const [first, second] = waitingSeenBy(host)
    await host.request('lobby.message', { ids: first ? [first.id] : [], text: 'Two more minutes' })

    // Those who wait try everything that people in the meeting may ask.
    for (const one of waiting) {
      for (const name of Object.keys(requests) as RequestName[])
        expect(await one.ask(name, {})).toMatchObject({
          ok: false,
          error: { code: expect.stringMatching(/^(?:not_found|rate_limited)$/) as unknown },
        })
    }
    await host.request('lobby.deny', { ids: second ? [second.id] : [] })
    await vi.waitFor(
      () => expect(waiting[1]?.notifications('waiting.denied')).toEqual([{ reason: 'denied' }]),
      SOON,
    )
    await vi.waitFor(
      () => expect(waiting[2]?.notifications('waiting.placeChanged')).toContainEqual({ place: 2 }),
      SOON,
    )
    expect(waiting[0]?.notifications('waiting.messageReceived')).toEqual([{ text: 'Two more minutes' }])

    for (const { frames } of waiting) {
      expect(frames.filter((frame) => !ALLOWED.test(frame))).toEqual([])
      expect(frames.join('\n')).not.toMatch(/canary|Board|candidate|fingerprint|rtp|participant/i)
    }
    // No transport, so no way for a byte of media: the two in the call have all that there are.
    const room = app.registry.find(id)
    expect(room?.peers.map(({ name }) => name)).toEqual(['Ana', 'Ben'])
  },
)

it('lets in who waits before a call when the owner does away with the waiting', async () => {
  const app = await startTestApp()
  const { token } = await register(app.url, 'Ana', routes.register)
  const body = { policy: { waitingRoom: 'everyone' } }
  const { body: created } = await callRoute(app.url, routes.createMeeting, { body, token })
  const { id, code } = Meeting.parse(created)
  const waiting = await visitor(app, code, 'Ben')
  const change = { policy: { waitingRoom: 'nobody' } }
  await callRoute(app.url, routes.updateMeeting, { params: { id }, body: change, token })
  expect(await waiting.notified('waiting.admitted')).toEqual({ ticket: expect.any(String) as unknown })
})

it('has no request of the meeting in its namespace, and none of its own in the meeting', async () => {
  const app = await startTestApp()
  const { code, host } = await openMeeting(app)
  for (const name of ['waiting.knock', 'waiting.rename', 'waiting.remind', 'waiting.leave'])
    await expect(host.request(name as RequestName, {} as never)).rejects.toThrow('not_found')
  const waiting = await visitor(app, code, 'Ben')
  const names = Object.values(contracts).flatMap((contract) => Object.keys(contract.requests))
  const { frames } = waiting
  for (const name of names) expect(await waiting.ask(name, {})).toMatchObject({ ok: false })
  expect(frames.every((frame) => ALLOWED.test(frame))).toBe(true)
})

it('has an end: who is turned away is heard no more, and who comes to an ended call learns that', async () => {
  const app = await startTestApp()
  const { code, host } = await openMeeting(app)
  const [ben, cleo] = [await visitor(app, code, 'Ben'), await visitor(app, code, 'Cleo')]
  await vi.waitFor(() => expect(waitingSeenBy(host)).toHaveLength(2), SOON)
  const [first] = waitingSeenBy(host)
  await host.request('lobby.deny', { ids: first ? [first.id] : [] })
  await vi.waitFor(() => expect(ben.socket.connected).toBe(false), SOON)
  await host.request('moderation.end', {})
  await vi.waitFor(() => expect(cleo.notifications('waiting.denied')).toEqual([{ reason: 'ended' }]), SOON)
  const late = await ScriptedVisitor.connect(app.url)
  onTestFinished(() => late.close())
  expect(await late.ask('waiting.knock', { code, name: 'Dora' })).toMatchObject({
    ok: false,
    error: { code: 'meeting_ended' },
  })
})
