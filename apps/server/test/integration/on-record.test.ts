/*
 * What the server keeps and tells over HTTP of what people did: attendance, settings, the audit log, notices.
 */
import { type Invitation, type Meeting, type Notice, routes, type Template } from '@video-meet/protocol'
import { expect, it, vi } from 'vitest'
import { callRoute, register } from '../lib/people.ts'
import { createStatsReport } from '../lib/stats-report.ts'
import { startTestApp } from '../lib/test-app.ts'

async function start(env: Record<string, string> = {}) {
  const app = await startTestApp({ env })
  const ana = await register(app.url, 'Ana', routes.register)
  const call = (route: Parameters<typeof callRoute>[1], send: Parameters<typeof callRoute>[2] = {}) =>
    callRoute(app.url, route, { token: ana.token, ...send })
  return { app, ana, call }
}

it('gives who was in a call as CSV that no spreadsheet takes for formulas', async () => {
  const { app, ana, call } = await start()
  const { body } = await call(routes.createMeeting, { body: { title: 'Planning' } })
  const { id, code } = body as Meeting
  const [host, guest] = [await app.connect(), await app.connect()]
  await host.join({ code, name: 'Ana', accessToken: ana.token })
  await guest.join({ code, name: '=SUM(1, "Zoë")' })
  await guest.request('room.leave', { mayReturn: false })

  await vi.waitFor(async () => {
    const { body: list } = await call(routes.listAttendees, { params: { id } })
    expect(list).toMatchObject({
      items: [
        { name: 'Ana', kind: 'user', role: 'host', userId: ana.user.id, leftAt: null },
        { kind: 'guest', role: 'guest', userId: null, leftAt: expect.any(String) },
      ],
    })
  })
  const response = await fetch(`${app.url}${routes.exportAttendees.path.replace(':id', id)}`, {
    headers: { authorization: `Bearer ${ana.token}` },
  })
  expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(response.headers.get('content-disposition')).toBe('attachment; filename="participants.csv"')
  const bytes = Buffer.from(await response.arrayBuffer())
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  const [heading, first, second, ...rest] = bytes.subarray(3).toString().split('\r\n')
  expect(heading).toBe('Name,Account or guest,Role,Joined,Left,Minutes')
  expect(first).toMatch(/^Ana,account,host,\d{4}-\d\d-\d\dT[\d:.]+Z,,\d+\.\d$/)
  expect(second).toMatch(/^"'=SUM\(1, ""Zoë""\)",guest,guest,/)
  expect(rest).toEqual([''])
})

it('gives how everyone was connected, to the owner and to nobody else', async () => {
  const { app, ana, call } = await start()
  const { body } = await call(routes.createMeeting, { body: { title: 'Planning' } })
  const { id, code } = body as Meeting
  const [host, guest] = [await app.connect(), await app.connect()]
  await host.join({ code, name: 'Ana', accessToken: ana.token })
  await guest.join({ code, name: 'Zoë' })
  const report = createStatsReport()
  await host.request('stats.report', report)
  await guest.request('stats.report', { ...report, level: 'lost', problem: 'silence', way: 'links' })
  await guest.request('stats.report', report)
  await guest.request('room.leave', { mayReturn: false })
  const { body: list } = await call(routes.listQuality, { params: { id } })
  expect(list).toMatchObject({
    items: [
      {
        people: [
          { name: 'Ana', kind: 'user', userId: ana.user.id, seconds: 10, poorSeconds: 0, switches: 0 },
          { name: 'Zoë', kind: 'guest', userId: null, seconds: 20, poorSeconds: 10, switches: 1 },
        ],
        events: [
          { kind: 'topology', from: null, to: 'sfu', reason: 'no_links' },
          { kind: 'poor', name: 'Zoë', problem: 'silence' },
        ],
      },
    ],
    nextCursor: null,
  })
  const { body: csv, status } = await call(routes.exportQuality, { params: { id } })
  expect(status).toBe(200)
  expect(String(csv)).toMatch(/^\ufeff?Call,Name,.*\r\n.*,Ana,account,.*\r\n.*,Zoë,guest,/)
  const { body: mine } = await call(routes.exportMe)
  expect(mine).toMatchObject({ quality: [{ meetingId: id, name: 'Ana' }], qualityEvents: [] })
  const ben = await register(app.url, 'Ben', routes.register)
  for (const [token, expected] of [
    [undefined, 401],
    [ben.token, 404],
  ] as const)
    for (const route of [routes.listQuality, routes.exportQuality])
      expect(await callRoute(app.url, route, { params: { id }, token })).toMatchObject({ status: expected })
})

it('keeps whose line was lost, and when it was back', async () => {
  const { app, call } = await start()
  const { body } = await call(routes.createMeeting, { body: { title: 'Planning' } })
  const { id, code } = body as Meeting
  const [ana, ben] = [await app.connect(), await app.connect()]
  await ana.join({ code, name: 'Ana' })
  const { resumeToken } = await ben.join({ code, name: 'Ben' })
  await ben.request('stats.report', createStatsReport())
  ben.socket.disconnect()
  await vi.waitFor(() =>
    expect(ana.notifications('room.participantChanged')).toMatchObject([{ connection: 'reconnecting' }]),
  )
  const again = await app.connect()
  await again.join({ code, name: 'Ben', resumeToken })
  await vi.waitFor(async () => {
    const { body: list } = await call(routes.listQuality, { params: { id } })
    expect(list).toMatchObject({
      items: [
        {
          people: [{ name: 'Ben', reconnects: 1 }],
          events: [{ kind: 'topology' }, { kind: 'away', name: 'Ben' }, { kind: 'back', name: 'Ben' }],
        },
      ],
    })
  })
})

it('keeps that the media server of a call had to be replaced', async () => {
  const { app, call } = await start()
  const { body } = await call(routes.createMeeting, { body: { title: 'Planning' } })
  const { id, code } = body as Meeting
  const ana = await app.connect()
  await ana.join({ code, name: 'Ana' })
  await ana.request('stats.report', createStatsReport())
  const [worker] = app.workers.workers
  if (!worker) throw new Error('there is no worker')
  process.kill(worker.pid, 'SIGKILL')
  await vi.waitFor(async () => {
    const { body: list } = await call(routes.listQuality, { params: { id } })
    expect(list).toMatchObject({ items: [{ events: [{ kind: 'media_replaced' }] }] })
  })
})

it('applies settings at once, keeps who changed them, and says which the environment sets', async () => {
  const { app, call } = await start({ WHO_MAY_CREATE: 'anyone' })
  expect((await callRoute(app.url, routes.getServerInfo)).body).toEqual({
    signUp: 'open',
    whoMayCreate: 'anyone',
    mail: 'outbox',
    hasUsers: true,
  })
  const changed = await call(routes.updateSettings, { body: { signUp: 'closed', retentionDays: 7 } })
  expect(changed.body).toMatchObject({ signUp: 'closed', retentionDays: 7, fixed: ['whoMayCreate'] })
  expect(await call(routes.updateSettings, { body: { whoMayCreate: 'users' } })).toMatchObject({
    status: 409,
    code: 'conflict',
  })
  await expect(register(app.url, 'Bo', routes.register)).rejects.toThrow('403')
  expect((await call(routes.listAudit)).body).toMatchObject({
    items: expect.arrayContaining([
      expect.objectContaining({ actor: 'Ana', action: 'settings.changed', address: expect.any(String) }),
    ]),
  })
  for (const query of [{ cursor: 'x' }, { limit: '0' }, { limit: '101' }])
    expect(await call(routes.listAudit, { query })).toMatchObject({ status: 400, code: 'bad_request' })
})

it('tells people in the app what concerns them, and lets them take it along', async () => {
  const { app, call } = await start()
  const bo = await register(app.url, 'Bo', routes.register)
  const { body: template } = await call(routes.createTemplate, {
    body: { ...(await firstTemplate(call)), name: 'Private talk', kind: 'organisation' },
  })
  const { body: meeting } = await call(routes.createMeeting, {
    body: { title: 'Planning', templateId: (template as Template).id, invite: [{ email: bo.email }] },
  })
  const { id } = meeting as Meeting
  const asBo = { token: bo.token }
  expect((await call(routes.listNotices, asBo)).body).toMatchObject({
    items: [{ kind: 'invited', meetingId: id, meetingTitle: 'Planning', actor: 'Ana', read: false }],
    unread: 1,
    nextCursor: null,
  })
  expect((await call(routes.readNotices, asBo)).status).toBe(204)
  const { body: list } = await call(routes.listInvitations, { params: { id } })
  const [invitation] = (list as { items: Invitation[] }).items
  if (!invitation) throw new Error('nobody was invited')
  await call(routes.withdrawInvitation, { params: { id, invitationId: invitation.id } })
  const { items, unread } = (await call(routes.listNotices, asBo)).body as {
    items: Notice[]
    unread: number
  }
  expect(unread).toBe(1)
  expect(items.map(({ kind, meetingId }) => [kind, meetingId])).toEqual([
    ['invitation_withdrawn', null],
    ['invited', id],
  ])
  expect((await call(routes.exportMe, asBo)).body).toMatchObject({
    notifications: [{ kind: 'invitation_withdrawn' }, { kind: 'invited' }],
    invitations: [],
    templates: [],
    attendance: [],
  })
})

/** Settings of a template that comes with the program, to make another from. */
async function firstTemplate(call: Awaited<ReturnType<typeof start>>['call']) {
  const { items } = (await call(routes.listTemplates)).body as { items: Template[] }
  const [{ id: _, kind: _k, editable: _e, ...settings } = {} as Template] = items
  return settings
}
