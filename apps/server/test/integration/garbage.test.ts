import { once } from 'node:events'
import { connect } from 'node:net'
import { MEETING_NAMESPACE, PROTOCOL_VERSION } from '@video-meet/protocol'
import { expect, it, onTestFinished, vi } from 'vitest'
import { WebSocket } from 'ws'
import { patient } from '../../../../scripts/test/time-factor.ts'
import { ScriptedPeer } from '../lib/scripted-peer.ts'
import { startTestApp, type TestApp } from '../lib/test-app.ts'

/** Two people whose call must not notice what others throw at the server. */
async function callInProgress(app: TestApp) {
  const { code } = await app.createMeeting()
  const ana = await app.connect()
  const ben = await app.connect()
  await ana.join({ code, name: 'Ana' })
  await ben.join({ code, name: 'Ben' })
  return async () => {
    const text = `still here ${Math.random()}`
    await ana.request('chat.send', { text })
    await vi.waitFor(() => expect(ben.notifications('chat.messageSent').at(-1)?.text).toBe(text))
  }
}

/** An Engine.IO socket by hand, connected to the namespace of meetings. */
async function rawSocket(app: TestApp, headers: Record<string, string> = {}): Promise<WebSocket> {
  const url = `${app.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`
  const socket = new WebSocket(url, { headers })
  await once(socket, 'open')
  socket.send(`40${MEETING_NAMESPACE},${JSON.stringify({ protocolVersion: PROTOCOL_VERSION })}`)
  await vi.waitFor(async () => {
    const [message] = (await once(socket, 'message')) as [Buffer]
    expect(message.toString()).toMatch(/^40/)
  })
  return socket
}

/** Before the server could miss the answer to a ping, which these sockets do not give. */
function closedSoon(socket: WebSocket): Promise<unknown> {
  return once(socket, 'close', { signal: AbortSignal.timeout(5000) })
}

it('closes a socket that sends no packets of the protocol, and only that', async () => {
  const app = await startTestApp()
  const expectCallToGoOn = await callInProgress(app)
  for (const garbage of [
    'not json',
    '42/meeting,{',
    '42/meeting,["request"',
    '4',
    '9',
    '\u0000',
    '42/meeting,[null]',
  ]) {
    const socket = await rawSocket(app)
    socket.send(garbage)
    socket.send('42/meeting,1["request"]')
    await expectCallToGoOn()
    socket.terminate()
  }
})

it('closes a socket that sends a megabyte', async () => {
  const app = await startTestApp()
  const expectCallToGoOn = await callInProgress(app)
  const socket = await rawSocket(app)
  const closed = once(socket, 'close')
  socket.send(
    `42${MEETING_NAMESPACE},1["request","chat.send",{"text":"${'x'.repeat(1_000_000)}"},"request-1"]`,
  )
  await closed
  await expectCallToGoOn()
})

it('takes no binary attachments', async () => {
  const app = await startTestApp()
  const expectCallToGoOn = await callInProgress(app)
  const socket = await rawSocket(app)
  const closed = once(socket, 'close')
  socket.send(`451-${MEETING_NAMESPACE},["request",{"_placeholder":true,"num":0}]`)
  await closed
  await expectCallToGoOn()
})

it('answers unknown names and wrong shapes with an error and goes on', async () => {
  const app = await startTestApp()
  const expectCallToGoOn = await callInProgress(app)
  const peer = await app.connect()
  const ask = (...args: unknown[]): Promise<unknown> =>
    peer.socket.timeout(5000).emitWithAck('request', ...args)
  const refused = (code: string) => ({ ok: false, error: expect.objectContaining({ code }) as unknown })
  expect(await ask('chat.unknown', {}, 'request-1')).toEqual(refused('not_found'))
  expect(await ask('__proto__', {}, 'request-1')).toEqual(refused('not_found'))
  expect(await ask({ name: 1 }, {}, 'request-1')).toEqual(refused('not_found'))
  expect(await ask()).toEqual(refused('not_found'))
  expect(await ask('room.join')).toEqual(refused('bad_request'))
  expect(await ask('room.join', {}, 5)).toEqual(refused('bad_request'))
  for (const [index, input] of [
    null,
    'x',
    [],
    1e308,
    { code: {} },
    JSON.parse('{"__proto__":{"code":1}}'),
  ].entries()) {
    expect(await ask('room.join', input, `join-number-${index}`)).toEqual(
      refused(index < 4 ? 'bad_request' : 'rate_limited'),
    )
  }
  peer.socket.emit('request', 'room.join', {}, 'no-acknowledgement')
  peer.socket.emit('unknown event', { a: 1 })
  await expectCallToGoOn()
})

it('survives hostile media parameters', async () => {
  const app = await startTestApp()
  const expectCallToGoOn = await callInProgress(app)
  const { code } = await app.createMeeting()
  const peer = await app.connect()
  const { media } = await peer.join({ code, name: 'Eve' })
  const transportId = media.sendTransport.id
  const dtls = (fingerprints: never[]) =>
    peer.request('sfu.connectTransport', { transportId, dtlsParameters: { fingerprints } })
  await expect(dtls([])).rejects.toThrow('bad_request')
  await expect(dtls([{ algorithm: 'sha-256', value: '' } as never])).rejects.toThrow('bad_request')
  const codec = { mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000 }
  const produce = (rtpParameters: object) =>
    peer.request('sfu.produce', { source: 'camera', muted: false, rtpParameters: rtpParameters as never })
  await expect(produce({ codecs: [] })).rejects.toThrow('bad_request')
  await expect(produce({ codecs: [{ ...codec, mimeType: 'audio/opus' }] })).rejects.toThrow(
    'unsupported_media',
  )
  await expect(
    produce({ codecs: [{ ...codec, mimeType: 'video/NONE' }], encodings: [{ ssrc: 1 }] }),
  ).rejects.toThrow('unsupported_media')
  await expect(produce({ codecs: [codec], encodings: [{ rid: 'a b' }, { rid: 'a b' }] })).rejects.toThrow(
    /unsupported_media|conflict/,
  )
  await expect(
    peer.request('sfu.connectTransport', {
      transportId: 'x' as never,
      dtlsParameters: { fingerprints: [{ algorithm: 'sha-256', value: Array(32).fill('AA').join(':') }] },
    }),
  ).rejects.toThrow('not_found')
  expect(app.workers.isHealthy).toBe(true)
  await expectCallToGoOn()
})

it('takes a track from everyone when its owner is refused a new one in its place', async () => {
  const app = await startTestApp()
  const { code } = await app.createMeeting()
  const ana = await app.connect()
  const eve = await app.connect()
  await ana.join({ code, name: 'Ana' })
  await eve.join({ code, name: 'Eve' })
  const produce = (codec: { mimeType: string; clockRate: number; channels?: number }) =>
    eve.request('sfu.produce', {
      source: 'microphone',
      muted: false,
      rtpParameters: { codecs: [{ ...codec, payloadType: 111 }], encodings: [{ ssrc: 1 }] },
    })
  await produce({ mimeType: 'audio/opus', clockRate: 48_000, channels: 2 })
  await vi.waitFor(() => expect(ana.notifications('sfu.consumerOpened')).toHaveLength(1))
  await expect(produce({ mimeType: 'video/VP8', clockRate: 90_000 })).rejects.toThrow('unsupported_media')
  await vi.waitFor(() => expect(ana.notifications('track.unpublished')).toHaveLength(1))
  await vi.waitFor(() => expect(ana.notifications('sfu.consumerClosed')).toHaveLength(1))
})

it("does not touch another person's transport", async () => {
  const app = await startTestApp()
  const { code } = await app.createMeeting()
  const ana = await app.connect()
  const eve = await app.connect()
  const { media } = await ana.join({ code, name: 'Ana' })
  await eve.join({ code, name: 'Eve' })
  await expect(eve.request('sfu.restartIce', { transportId: media.sendTransport.id })).rejects.toThrow(
    'not_found',
  )
})

it('cuts off whoever floods it, while the others talk on', async () => {
  const app = await startTestApp()
  const expectCallToGoOn = await callInProgress(app)
  const flooder = await app.connect()
  const closed = new Promise<void>((resolve) => flooder.socket.once('disconnect', () => resolve()))
  for (let n = 0; n < 10_000; n++)
    flooder.socket.emit('request', 'sfu.getStats', {}, `flood-${n}`, () => undefined)
  await closed
  await expectCallToGoOn()
})

it('acts once on a request that is sent again', async () => {
  const app = await startTestApp()
  const { code } = await app.createMeeting()
  const ana = await app.connect()
  await ana.join({ code, name: 'Ana' })
  const first = await ana.request('chat.send', { text: 'once' }, 'the-same-id')
  expect(await ana.request('chat.send', { text: 'once' }, 'the-same-id')).toEqual(first)
  const ben = await app.connect()
  const { snapshot } = await ben.join({ code, name: 'Ben' })
  expect(snapshot.features.chat.messages).toHaveLength(1)
})

it('answers a retry from memory after the connection was lost in between', async () => {
  const app = await startTestApp()
  const { code } = await app.createMeeting()
  const ana = await app.connect()
  const { resumeToken } = await ana.join({ code, name: 'Ana' })
  const first = await ana.request('chat.send', { text: 'once' }, 'the-same-id')
  ana.socket.disconnect()
  const back = await app.connect()
  await back.join({ code, name: 'Ana', resumeToken })
  expect(await back.request('chat.send', { text: 'once' }, 'the-same-id')).toEqual(first)
})

it('opens no socket to a page of another origin', async () => {
  const app = await startTestApp()
  for (const origin of ['https://evil.example', 'null', `${app.url}.evil.example`, 'http://localhost:1']) {
    await expect(rawSocket(app, { origin })).rejects.toThrow('Unexpected server response: 400')
  }
})

it('tells a client of another version why it cannot connect', async () => {
  const app = await startTestApp()
  await expect(ScriptedPeer.connect(app.url, { protocolVersion: 999 })).rejects.toMatchObject({
    data: { code: 'version_mismatch' },
  })
})

it('cuts off whoever floods it with what is no request at all', async () => {
  const app = await startTestApp()
  const expectCallToGoOn = await callInProgress(app)
  for (const packet of [
    '42/meeting,["unknown event",{}]',
    '42/meeting,["request","room.leave",{}]',
    '42/meeting,1["request","unknown"]',
    '40/elsewhere,',
    '3',
  ]) {
    const socket = await rawSocket(app)
    const closed = closedSoon(socket)
    for (let n = 0; n < 1000; n++) socket.send(packet)
    await closed
  }
  await expectCallToGoOn()
})

it('takes large messages only now and then', async () => {
  const app = await startTestApp()
  const socket = await rawSocket(app)
  const closed = closedSoon(socket)
  for (let n = 0; n < 30; n++) socket.send(`42/meeting,["request","${'x'.repeat(60_000)}"]`)
  await closed
})

it('keeps no connection whose client has left the namespace of meetings', async () => {
  const app = await startTestApp()
  const socket = await rawSocket(app)
  const closed = closedSoon(socket)
  socket.send('41/meeting,')
  await closed
})

it('lets one address open only so many connections that ask for nothing', async () => {
  const app = await startTestApp()
  const url = `${app.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`
  let open = 0
  for (let n = 0; n < 120; n++) {
    const socket = new WebSocket(url)
    onTestFinished(() => socket.terminate())
    const opened = await new Promise<boolean>((resolve) => {
      socket.once('open', () => resolve(true)).on('error', () => resolve(false))
    })
    if (opened) open += 1
  }
  expect(open).toBe(100)
  const other = new WebSocket(url, { headers: { 'x-forwarded-for': '203.0.113.9' } })
  onTestFinished(() => other.terminate())
  await once(other, 'open')
})

it('does not wait at its end for those who only keep a socket open', { timeout: patient(8000) }, async () => {
  const app = await startTestApp()
  const { hostname, port } = new URL(app.url)
  const request = 'POST /api/v1/meetings HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{'
  for (const start of ['', 'GET / HTT', request]) {
    const socket = connect(Number(port), hostname)
    await once(socket, 'connect')
    socket.on('error', () => undefined).write(start)
  }
  await app.close()
})
