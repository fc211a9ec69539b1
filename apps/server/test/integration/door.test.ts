/*
 * The door of a call, over the real server: who is told what there, and how often passwords can be tried.
 */
import { routes } from '@video-meet/protocol'
import { expect, it, onTestFinished, vi } from 'vitest'
import { patient } from '../../../../scripts/test/time-factor.ts'
import { callRoute, register } from '../lib/people.ts'
import { SCRIPTED_CAPABILITIES } from '../lib/scripted-peer.ts'
import { ScriptedVisitor } from '../lib/scripted-visitor.ts'
import { startTestApp } from '../lib/test-app.ts'

it(
  'hears fifteen passwords of fifty networks at once, and those who know it still get in',
  { timeout: patient(60_000) },
  async () => {
    const app = await startTestApp()
    const { code, hostToken } = await app.createMeeting('Vault', { password: 'sesame' })
    const host = await app.connect()
    await host.join({ code, name: 'Ana', ...(hostToken !== null && { hostToken }) })
    const attackers = Array.from({ length: 50 }, (_, n) => `198.18.${n}.1`)
    const codes: string[] = []
    await Promise.all(
      attackers.map(async (address) => {
        for (let connection = 0; connection < 3; connection += 1) {
          const visitor = await ScriptedVisitor.connect(app.url, address)
          onTestFinished(() => visitor.close())
          for (let tries = 0; tries < 6; tries += 1) {
            const reply = await visitor.ask('waiting.knock', {
              code,
              name: 'x',
              password: `${connection}${tries}`,
            })
            codes.push(reply.ok ? 'waits' : reply.error.code)
          }
        }
      }),
    )
    const counts = Object.fromEntries(
      [...new Set(codes)].map((code) => [code, codes.filter((one) => one === code).length]),
    )
    expect(codes).toHaveLength(900)
    expect(counts['wrong_password']).toBe(15)
    expect(app.registry.find(host.joined.snapshot.meeting.id)?.peers).toHaveLength(1)

    // Whoever knows it has to be let in for now, for nobody's password is looked at.
    const friend = await ScriptedVisitor.connect(app.url, '203.0.113.9')
    onTestFinished(() => friend.close())
    expect(await friend.ask('waiting.knock', { code, name: 'Ben', password: 'sesame' })).toMatchObject({
      ok: true,
      data: { ticket: null },
    })
    const ben = await vi.waitFor(() => {
      const waiting = host.notifications('lobby.changed').at(-1)?.waiting ?? []
      const found = waiting.find(({ name }) => name === 'Ben')
      expect(found).toMatchObject({ passwordUnchecked: true })
      return found
    })
    await host.request('lobby.admit', { ids: ben ? [ben.id] : [] })
    const { ticket } = (await friend.notified('waiting.admitted')) as { ticket: string }
    const peer = await app.connect()
    await peer.join({ code, name: 'Ben', ticket, guestToken: friend.guestToken })
    expect(peer.joined.snapshot.participants.map(({ name }) => name)).toEqual(['Ana', 'Ben'])
  },
)

it(
  'tells everyone at the door what keeps them out, and nobody more',
  { timeout: patient(60_000) },
  async () => {
    const app = await startTestApp()
    const [admin, owner, invited, stranger, disabled] = [
      await register(app.url, 'Admin', routes.register),
      await register(app.url, 'Owner', routes.register),
      await register(app.url, 'Invited', routes.register),
      await register(app.url, 'Stranger', routes.register),
      await register(app.url, 'Disabled', routes.register),
    ]
    const body = {
      title: 'Secret',
      policy: { join: 'invited' },
      invite: [{ email: invited.email, role: 'observer' }],
    }
    const { body: made } = await callRoute(app.url, routes.createMeeting, { token: owner.token, body })
    const { code, id } = made as { code: never; id: string }
    const disable = { params: { id: disabled.user.id }, body: { state: 'disabled' } }
    await callRoute(app.url, routes.updateUser, { token: admin.token, ...disable })

    const told: Record<string, string> = {}
    const tryAs = async (name: string, proof: object) => {
      const peer = await app.connect()
      const input = { code, name, rtpCapabilities: SCRIPTED_CAPABILITIES, ...proof }
      told[name] = await peer.request('room.join', input).then(
        ({ snapshot }) => snapshot.participants.at(-1)?.role ?? 'nobody',
        (error: Error) => error.message,
      )
      return peer
    }
    await tryAs('owner', { accessToken: owner.token })
    await tryAs('invited', { accessToken: invited.token })
    await tryAs('stranger', { accessToken: stranger.token })
    await tryAs('admin', { accessToken: admin.token })
    await tryAs('disabled', { accessToken: disabled.token })
    await tryAs('guest', {})
    await tryAs('forged', {
      hostToken: 'forged',
      invitationToken: 'forged',
      ticket: 'forged',
      resumeToken: 'forged',
    })
    expect(told).toEqual({
      owner: 'host',
      invited: 'observer',
      stranger: 'not_invited: This meeting is for invited people only.',
      admin: 'not_invited: This meeting is for invited people only.',
      disabled: 'unauthorized: You were signed out. Sign in again.',
      guest: 'sign_in_required: Sign in to join this meeting.',
      forged: 'sign_in_required: Sign in to join this meeting.',
    })
    // Strangers learn no more over REST.
    const seen = await callRoute(app.url, routes.getMeeting, { params: { id } })
    expect(JSON.stringify(seen.body)).not.toContain('Secret')
  },
)
