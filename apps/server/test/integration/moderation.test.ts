import { routes } from '@video-meet/protocol'
/*
 * Against clients that do not listen: what moderators decide takes effect in the server, whatever is sent to it.
 */
import { expect, it, vi } from 'vitest'
import { callRoute, register } from '../lib/people.ts'
import type { ScriptedPeer } from '../lib/scripted-peer.ts'
import { startTestApp, type TestApp } from '../lib/test-app.ts'

const SOON = { timeout: 15_000, interval: 20 }
/** So many packets of a sender who is not heard show that nothing more of theirs is forwarded: two seconds of them. */
const MANY_PACKETS = 200

function sum(peer: ScriptedPeer): number {
  return [...peer.packets.values()].reduce((total, count) => total + count, 0)
}

/** A host, somebody who sends and does not listen, and somebody who receives what they send. */
async function openCall(app: TestApp) {
  const { code, hostToken } = await app.createMeeting()
  const [host, hostile, receiver] = [await app.connect(), await app.connect(), await app.connect()]
  await host.join({ code, name: 'Ana', ...(hostToken !== null && { hostToken }) })
  const { participantId, guestToken, resumeToken } = await hostile.join({ code, name: 'Mallory' })
  await receiver.join({ code, name: 'Cleo' })
  await hostile.publish()
  const consumers = await vi.waitUntil(() => {
    const opened = receiver.notifications('sfu.consumerOpened')
    return opened.length === 2 ? opened : null
  }, SOON)
  await receiver.receive(consumers)
  await vi.waitFor(() => expect([...receiver.packets.values()].filter((n) => n > 20)).toHaveLength(2), SOON)
  return { code, host, hostile, receiver, participantId, guestToken: guestToken ?? '', resumeToken }
}

/** Waits until packets of the sender stop to arrive, and sees that they do not come again while the sender sends on. */
async function expectSilence(hostile: ScriptedPeer, receiver: ScriptedPeer): Promise<void> {
  let before = -1
  // What was on its way arrives.
  await vi.waitUntil(() => {
    const now = sum(receiver)
    const isStill = now === before
    before = now
    return isStill
  }, SOON)
  const sent = hostile.packetsSent
  await vi.waitUntil(() => hostile.packetsSent > sent + MANY_PACKETS, SOON)
  expect(sum(receiver)).toBe(before)
}

it('keeps those muted for good silent, though they send on and ask to be heard', async () => {
  const { host, hostile, receiver, participantId } = await openCall(await startTestApp())
  for (const source of ['microphone', 'camera'] as const)
    await host.request('moderation.stop', { participantId, source, lasting: true })
  await expectSilence(hostile, receiver)
  for (const source of ['microphone', 'camera'] as const) {
    await expect(hostile.request('track.setMuted', { source, muted: false })).rejects.toThrow('forbidden')
  }
  await expect(hostile.publish()).rejects.toThrow()
  await expectSilence(hostile, receiver)
  // Those who see them, see them muted.
  const told = receiver.notifications('track.changed').filter((one) => one.participantId === participantId)
  expect(told.filter(({ track }) => track.muted).map(({ track }) => track.source)).toEqual([
    'microphone',
    'camera',
  ])
})

it('lets those merely muted be heard again when they want to', async () => {
  const { host, hostile, receiver, participantId } = await openCall(await startTestApp())
  for (const source of ['microphone', 'camera'] as const)
    await host.request('moderation.stop', { participantId, source, lasting: false })
  await expectSilence(hostile, receiver)
  const before = sum(receiver)
  await hostile.request('track.setMuted', { source: 'microphone', muted: false })
  await vi.waitFor(() => expect(sum(receiver)).toBeGreaterThan(before + 20), SOON)
})

it('forwards nothing of those removed, and refuses the seat that they had', async () => {
  const app = await startTestApp()
  const { code, host, hostile, receiver, participantId, guestToken, resumeToken } = await openCall(app)
  await host.request('moderation.remove', { participantId, reason: 'Noise' })
  await expectSilence(hostile, receiver)
  expect(hostile.notifications('room.ended')).toEqual([{ reason: 'removed', by: 'Ana', note: 'Noise' }])
  await vi.waitFor(() => expect(hostile.socket.connected).toBe(false), SOON)
  const again = await app.connect()
  await expect(again.join({ code, name: 'Mallory', resumeToken, guestToken })).rejects.toThrow('removed')
  await expect(again.join({ code, name: 'Mallory', resumeToken })).rejects.toThrow('removed')
  // Without it they come to the door like anybody, where somebody has to let them in.
  await expect(again.join({ code, name: 'Somebody else', guestToken })).rejects.toThrow('waiting_room')
  expect(receiver.notifications('room.participantLeft')).toContainEqual({
    id: participantId,
    reason: 'removed',
  })
})

it('knows those banned again under another name, also while their seat was held for them', async () => {
  const app = await startTestApp()
  const { code, host, hostile, participantId, guestToken, resumeToken } = await openCall(app)
  // The connection is cut, the seat is held, and meanwhile they are banned.
  await hostile.request('sfu.getStats', {})
  hostile.socket.disconnect()
  await vi.waitFor(
    () =>
      expect(host.notifications('room.participantChanged')).toContainEqual({
        id: participantId,
        connection: 'reconnecting',
      }),
    SOON,
  )
  await host.request('moderation.ban', { participantId, network: false })
  const again = await app.connect()
  for (const proof of [{ resumeToken }, { guestToken }, { resumeToken, guestToken }])
    await expect(again.join({ code, name: 'Innocent', ...proof })).rejects.toThrow('banned')
  const [ban] = (await host.request('moderation.listBans', {})).bans
  expect(ban).toMatchObject({ name: 'Mallory', by: 'Ana', network: false, hasAccount: false })
  await host.request('moderation.liftBan', { id: ban?.id ?? ('' as never) })
  await again.join({ code, name: 'Mallory', guestToken })
})

it('keeps a whole network out where that was asked for', async () => {
  const app = await startTestApp()
  const { code, host, participantId } = await openCall(app)
  await host.request('moderation.ban', { participantId, network: true })
  const neighbour = await app.connect()
  await expect(neighbour.join({ code, name: 'Neighbour' })).rejects.toThrow('banned')
})

it('ends the shares and the voices of all at once in an emergency, and lets nobody in', async () => {
  const app = await startTestApp()
  const { code, host, hostile, receiver } = await openCall(app)
  await host.request('moderation.panic', {})
  await vi.waitFor(
    () =>
      expect(receiver.notifications('room.settingsChanged').at(-1)).toMatchObject({
        locked: true,
        chat: 'nobody',
        waitingRoom: 'everyone',
      }),
    SOON,
  )
  await expect(hostile.request('chat.send', { text: 'hello' })).rejects.toThrow('forbidden')
  await host.request('chat.send', { text: 'We go on in a moment.' })
  const late = await app.connect()
  await expect(late.join({ code, name: 'Late' })).rejects.toThrow('meeting_locked')
})

it('has every act in the audit log', async () => {
  const app = await startTestApp()
  const { host, participantId } = await openCall(app)
  await host.request('moderation.stop', { participantId, source: 'microphone', lasting: false })
  await host.request('moderation.rename', { participantId, name: 'Guest 1', reason: 'Real names' })
  await host.request('moderation.grant', { participantId, capability: 'chat', allowed: false })
  await host.request('moderation.changeSettings', { locked: true })
  await host.request('moderation.remove', { participantId })
  const actions = ['call.muted', 'call.renamed', 'call.withdrawn', 'call.settings_changed', 'call.removed']
  const admin = await register(app.url, 'Admin', routes.register)
  await vi.waitFor(async () => {
    const { body } = await callRoute(app.url, routes.listAudit, { token: admin.token })
    const listed = (body as { items: { action: string; actor: string }[] }).items.filter(
      ({ actor }) => actor === 'Ana',
    )
    expect(listed.map(({ action }) => action).toSorted()).toEqual(actions.toSorted())
  }, SOON)
})
