/*
 * Calls that do not go through the server: what it decides about them, and what it passes on between the ends of links.
 */
import type { NotificationPayload } from '@video-meet/protocol'
import { describe, expect, it, vi } from 'vitest'
import { type CallPlace, idOf, openCallPlace, refused, seen } from './call-place.ts'
import type { Person } from './meeting-place.ts'

const client = { canLink: true, isPhone: false }
const ENDS = { from: 'one end', to: null }
const SDP = ['v=0', 's=-', 'm=audio 9 UDP/TLS/RTP/SAVPF 111', 'a=mid:0', ''].join('\r\n')
const OFFER = { type: 'description', description: { type: 'offer', sdp: SDP } } as const
const CANDIDATE = 'candidate:1 1 udp 2122260223 192.168.1.7 50000 typ host'

const wayOf = ({ room }: Person) => room.topology.get()
const ready = (person: Person) =>
  person.session.signaling.request('topology.ready', { epoch: wayOf(person).epoch })
const publish = (person: Person, muted = false) =>
  person.session.signaling.request('track.publish', { source: 'microphone', muted })

function signalsTo({ session }: Person): NotificationPayload<'link.signalled'>[] {
  const signals: NotificationPayload<'link.signalled'>[] = []
  session.signaling.onNotification('link.signalled', (signal) => signals.push(signal))
  return signals
}

/** Two who talk directly, the first of whom is the host. */
async function openDirectCall(place: CallPlace) {
  const hal = await place.arrive('Hal', { role: 'host', client })
  const ana = await place.arrive('Ana', { client })
  await vi.waitFor(() => expect(wayOf(hal)).toMatchObject({ mode: 'direct', settled: false }))
  await ready(hal)
  await ready(ana)
  await vi.waitFor(() => expect(wayOf(hal)).toMatchObject({ mode: 'direct', settled: true }))
  return { hal, ana }
}

describe('between the ends of links', () => {
  it('passes on what one says to the other, and to nobody else', async () => {
    const place = await openCallPlace({ limits: { meshMax: 3 } })
    const { hal, ana } = await openDirectCall(place)
    const ben = await place.arrive('Ben', { client })
    const [toHal, toBen] = [signalsTo(hal), signalsTo(ben)]
    const { request } = ana.session.signaling
    await request('link.signal', { participantId: idOf(hal), ends: ENDS, signal: OFFER })
    const candidates = [{ candidate: CANDIDATE, sdpMid: '0', sdpMLineIndex: 0 }]
    const found = { type: 'candidates', candidates } as const
    await request('link.signal', { participantId: idOf(hal), ends: ENDS, signal: found })
    await vi.waitFor(() =>
      expect(toHal).toEqual([
        { participantId: idOf(ana), ends: ENDS, signal: OFFER },
        { participantId: idOf(ana), ends: ENDS, signal: found },
      ]),
    )
    expect(toBen).toEqual([])
  })

  it('leaves out candidates at addresses where no participant is', async () => {
    const { hal, ana } = await openDirectCall(await openCallPlace())
    const signals = signalsTo(hal)
    const at = (address: string) => ({
      candidate: CANDIDATE.replace('192.168.1.7', address),
      sdpMid: '0',
      sdpMLineIndex: 0,
    })
    const { request } = ana.session.signaling
    const send = (...candidates: ReturnType<typeof at>[]) =>
      request('link.signal', {
        participantId: idOf(hal),
        ends: ENDS,
        signal: { type: 'candidates', candidates },
      })
    await send(at('64:ff9b::a9fe:a9fe'))
    await send(at('100.100.100.200'), at('192.168.1.7'))
    const signal = { type: 'candidates', candidates: [at('192.168.1.7')] }
    await vi.waitFor(() => expect(signals).toEqual([{ participantId: idOf(ana), ends: ENDS, signal }]))
  })

  it('refuses what a browser would not say', async () => {
    const { hal, ana } = await openDirectCall(await openCallPlace())
    const signals = signalsTo(hal)
    const { request } = ana.session.signaling
    const candidates = [
      {
        candidate: CANDIDATE.replace('192.168.1.7', 'metadata.google.internal'),
        sdpMid: '0',
        sdpMLineIndex: 0,
      },
    ]
    for (const signal of [
      { type: 'candidates', candidates } as const,
      { type: 'description', description: { type: 'offer', sdp: 'hello' } } as const,
    ])
      await expect(request('link.signal', { participantId: idOf(hal), ends: ENDS, signal })).rejects.toEqual(
        refused('bad_request'),
      )
    expect(signals).toEqual([])
  })

  it('passes on nothing in a call that goes through the server, so that nobody learns where anybody is', async () => {
    const place = await openCallPlace({ policy: { topology: 'sfu' } })
    const hal = await place.arrive('Hal', { role: 'host', client })
    const ana = await place.arrive('Ana', { client })
    expect(wayOf(ana)).toMatchObject({ mode: 'sfu', reason: 'setting' })
    await expect(
      ana.session.signaling.request('link.signal', { participantId: idOf(hal), ends: ENDS, signal: OFFER }),
    ).rejects.toEqual(refused('conflict'))
  })
})

describe('a direct call', () => {
  it('lists what is sent in it, muted or not, though nothing of it comes to the server', async () => {
    const { hal, ana } = await openDirectCall(await openCallPlace())
    await publish(ana)
    await vi.waitFor(() => expect(seen(hal, ana)?.tracks[0]?.state.get().muted).toBe(false))
    await ana.session.signaling.request('track.setMuted', { source: 'microphone', muted: true })
    await vi.waitFor(() => expect(seen(hal, ana)?.tracks[0]?.state.get().muted).toBe(true))
    await ana.session.signaling.request('track.unpublish', { source: 'microphone' })
    await vi.waitFor(() => expect(seen(hal, ana)?.tracks).toEqual([]))
  })

  it('goes to the server when a moderator mutes somebody, who is shown as muted at once', async () => {
    const { hal, ana } = await openDirectCall(await openCallPlace())
    await publish(ana)
    await vi.waitFor(() => expect(seen(hal, ana)?.tracks).toHaveLength(1))
    await hal.room.features.moderation.stop(idOf(ana), 'microphone')
    await vi.waitFor(() => expect(wayOf(ana)).toMatchObject({ mode: 'sfu', reason: 'moderation' }))
    expect(seen(hal, ana)?.tracks[0]?.state.get().muted).toBe(true)
  })

  it('goes to the server when somebody may not speak any more', async () => {
    const { hal, ana } = await openDirectCall(await openCallPlace())
    await hal.room.features.moderation.changeSettings({ talk: 'presenters' })
    await vi.waitFor(() => expect(wayOf(ana)).toMatchObject({ mode: 'sfu', reason: 'receive_only' }))
    await expect(publish(ana)).rejects.toEqual(refused('forbidden'))
  })

  it('goes to the server when the owner wants it, while it is on', async () => {
    const place = await openCallPlace()
    const { ana } = await openDirectCall(place)
    place.setPolicy({ topology: 'sfu' })
    await vi.waitFor(() => expect(wayOf(ana)).toMatchObject({ mode: 'sfu', reason: 'setting' }))
  })

  it('goes to the server when one end reports that there is no path', async () => {
    const { hal, ana } = await openDirectCall(await openCallPlace())
    await ana.session.signaling.request('topology.report', {
      problem: 'link_failed',
      participantId: idOf(hal),
    })
    await vi.waitFor(() => expect(wayOf(hal)).toMatchObject({ mode: 'sfu', reason: 'link_failed' }))
  })

  it('looks after somebody whose connection was lost: what links there are has to be shown to work again', async () => {
    const { hal, ana } = await openDirectCall(await openCallPlace())
    const before = wayOf(hal).epoch
    ana.server.channel.drop()
    await vi.waitFor(() => expect(ana.room.state.get().status).toBe('reconnecting'))
    await vi.waitFor(() => expect(ana.room.state.get().status).toBe('connected'))
    expect(wayOf(ana)).toMatchObject({ epoch: before + 1, mode: 'direct', settled: false })
  })
})
