import { expect, it } from 'vitest'
import { startTestApp } from '../lib/test-app.ts'

it('a call goes on after a restart as it was: locked, with the roles, names and bans that were given', async () => {
  const before = await startTestApp()
  const { code, hostToken } = await before.createMeeting()
  const [host, ben, cleo] = [await before.connect(), await before.connect(), await before.connect()]
  const ana = await host.join({ code, name: 'Ana', ...(hostToken !== null && { hostToken }) })
  const moderator = await ben.join({ code, name: 'Ben' })
  const renamed = await cleo.join({ code, name: 'Cleo' })
  await host.request('moderation.giveRole', { participantId: moderator.participantId, role: 'moderator' })
  await host.request('moderation.rename', {
    participantId: renamed.participantId,
    name: 'Cleopatra',
    reason: 'Full names',
  })
  await host.request('moderation.grant', {
    participantId: renamed.participantId,
    capability: 'chat',
    allowed: false,
  })
  await host.request('moderation.changeSettings', { locked: true, share: 'presenters' })
  const [removed, banned] = [await before.connect(), await before.connect()]
  await expect(removed.join({ code, name: 'Late' })).rejects.toThrow('meeting_locked')
  await host.request('moderation.changeSettings', { locked: false })
  const out = await removed.join({ code, name: 'Dora' })
  const never = await banned.join({ code, name: 'Mallory' })
  await host.request('moderation.remove', { participantId: out.participantId })
  await host.request('moderation.ban', { participantId: never.participantId, network: false })
  await host.request('moderation.changeSettings', { locked: true })
  await before.close()

  const after = await startTestApp({ env: { DATA_DIR: before.dataDir } })
  const again = async (name: string, { guestToken, resumeToken }: typeof ana) => {
    const peer = await after.connect()
    await peer.join({ code, name, resumeToken, ...(guestToken !== null && { guestToken }) })
    return peer
  }
  // Who comes first opens the call again, whoever that is.
  const cleoAgain = await again('Cleo', renamed)
  expect(cleoAgain.joined.snapshot).toMatchObject({
    settings: { locked: true, share: 'presenters' },
    participants: [{ id: renamed.participantId, name: 'Cleopatra', role: 'guest' }],
  })
  await expect(cleoAgain.request('chat.send', { text: 'hello' })).rejects.toThrow('forbidden')
  const benAgain = await again('Ben', moderator)
  expect(benAgain.joined.snapshot.participants.at(-1)).toMatchObject({ name: 'Ben', role: 'moderator' })
  await expect(again('Dora', out)).rejects.toThrow('removed')
  await expect(again('Mallory', never)).rejects.toThrow('banned')
  const stranger = await after.connect()
  await expect(stranger.join({ code, name: 'Stranger' })).rejects.toThrow('meeting_locked')
  await benAgain.request('moderation.changeSettings', { locked: false })
  await stranger.join({ code, name: 'Stranger' })
})

it('what was decided in a call is over with it', async () => {
  const app = await startTestApp({ roomLimits: { emptyRoomMs: 1, seatHeldMs: 1, reloadGraceMs: 1 } })
  const { code, id, hostToken } = await app.createMeeting()
  const host = await app.connect()
  await host.join({ code, name: 'Ana', ...(hostToken !== null && { hostToken }) })
  await host.request('moderation.changeSettings', { locked: true, chat: 'nobody' })
  await host.request('room.leave', { mayReturn: false })
  await expect.poll(() => app.registry.find(id)).toBeUndefined()
  const guest = await app.connect()
  await guest.join({ code, name: 'Ben' })
  expect(guest.joined.snapshot.settings).toMatchObject({ locked: false, chat: 'everyone' })
})
