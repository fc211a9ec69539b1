/*
 * A real coturn with the configuration that we ship: whom it serves, and whom it relays to. `deploy/turnserver.conf` is
 * filled in as an operator does; docs/operations/turn.md promises what is tested here.
 */
import { createHmac, randomUUID } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { networkInterfaces } from 'node:os'
import { type IceServerList, ParticipantId } from '@video-meet/protocol'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { patient } from '../../../../scripts/test/time-factor.ts'
import { createIceServers } from '../../src/room/ice-servers.ts'
import { type Coturn, type CoturnSettings, startCoturn } from '../lib/coturn.ts'
import { freePort } from '../lib/free-port.ts'
import { startTestApp } from '../lib/test-app.ts'
import { type Credential, TurnClient, type TurnServerAddress } from '../lib/turn-client.ts'

const HOST = '127.0.0.1'
const SECRET = 'nF7qLw2Zs9Xv4Bk1Td6R'
const OLD_SECRET = 'the-one-that-was-before-it'
const HOUR = 3_600_000
/** Where Video Meet is: of addresses that documentation may use, so nobody is there. */
const SFU = '203.0.113.10'
const SFU_PORT = 44_400
const hasIPv6 = Object.values(networkInterfaces()).some((list) =>
  list?.some(({ address }) => address === '::1'),
)

/** What must not be reached through a relay, by address. */
const HOSTILE: Readonly<Record<string, string>> = {
  '127.0.0.1': 'loopback',
  '127.8.8.8': 'another address of loopback',
  '0.0.0.0': 'this machine',
  '10.1.2.3': 'a private network',
  '172.16.5.5': 'a private network',
  '192.168.1.1': 'a private network',
  '100.64.0.1': 'a network behind the NAT of a provider',
  '169.254.169.254': 'the metadata of a cloud',
  '198.51.100.7': 'somebody on the internet',
  '203.0.113.11': 'a neighbour of Video Meet',
  '224.0.0.1': 'multicast',
  '255.255.255.255': 'broadcast',
  '::': 'this machine, IPv6',
  '::1': 'loopback, IPv6',
  '::127.0.0.1': 'loopback, IPv4-compatible',
  '::ffff:127.0.0.1': 'loopback, IPv4-mapped',
  '::ffff:0.0.0.0': 'this machine, IPv4-mapped',
  '::ffff:10.1.2.3': 'a private network, IPv4-mapped',
  '::ffff:169.254.169.254': 'the metadata of a cloud, IPv4-mapped',
  '64:ff9b::7f00:1': 'loopback by way of NAT64',
  '2002:7f00:1::': 'loopback by way of 6to4',
  'fd00::1': 'a private network, IPv6',
  'fe80::1': 'the same link, IPv6',
  'ff02::1': 'multicast, IPv6',
  '2001:db8::7': 'somebody on the internet, IPv6',
  ...ownAddresses(),
}

/** Of the machine that coturn runs on. */
function ownAddresses(): Record<string, string> {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  const others = all.filter(({ internal }) => !internal).map(({ address }) => address.replace(/%.*/, ''))
  return Object.fromEntries(others.map((address) => [address, 'the machine itself']))
}

let port: number
let coturn: Coturn
/** Kept open to the end: on a port that is used again coturn sees whoever had it before. */
const clients: TurnClient[] = []

async function start(settings: CoturnSettings = {}): Promise<Coturn> {
  port = await freePort()
  return await startCoturn({
    host: HOST,
    port,
    settings: {
      'static-auth-secret': [SECRET, OLD_SECRET],
      'listening-ip': [HOST],
      'relay-ip': hasIPv6 ? [HOST, '::1'] : [HOST],
      'allowed-peer-ip': [SFU],
      ...settings,
    },
  })
}

function credentialFrom({ servers }: IceServerList): Credential {
  const { username, credential } =
    servers.find(({ urls }) => urls.some((url) => url.startsWith('turn:'))) ?? {}
  if (username === undefined || credential === undefined) throw new Error('no credential')
  return { username, credential }
}

/** What Video Meet gives somebody new. */
function newCredential(secret = SECRET, now = Date.now()): Credential {
  const options = { stunUrls: [], turnUrls: ['turn:turn.example.org'], turnSecrets: [secret] }
  return credentialFrom(createIceServers(options, () => now)(ParticipantId.parse(randomUUID())))
}

async function open(
  credential: Credential,
  transport: TurnServerAddress['transport'] = 'udp',
): Promise<TurnClient> {
  const tls = transport === 'tls' ? 1 : 0
  const client = await TurnClient.open({ host: HOST, port: port + tls, transport }, credential)
  clients.push(client)
  return client
}

beforeAll(async () => {
  coturn = await start()
})
afterAll(async () => {
  for (const client of clients) client.close()
  await coturn.stop()
})

describe('whom it serves', () => {
  it('is who has what Video Meet gave them, over UDP, TCP and TLS', async () => {
    for (const transport of ['udp', 'tcp', 'tls'] as const) {
      const client = await open(newCredential(), transport)
      expect(await client.allocate()).toBe('granted')
    }
  })

  it('is who joined a meeting and was given it there, and again when asking for a new one', async () => {
    const env = { TURN_URLS: `turn:${HOST}:${port}`, TURN_SECRET: SECRET }
    const app = await startTestApp({ env })
    const { code } = await app.createMeeting()
    const peer = await app.connect()
    await expect(peer.request('ice.getServers', {})).rejects.toThrow('not_joined')
    const { iceServers } = await peer.join({ code, name: 'Ana' })
    for (const list of [iceServers, await peer.request('ice.getServers', {})]) {
      const client = await open(credentialFrom(list))
      expect(await client.allocate()).toBe('granted')
    }
  })

  it('is who has one made with the secret before, while there are two', async () => {
    const client = await open(newCredential(OLD_SECRET))
    expect(await client.allocate()).toBe('granted')
  })

  it('is nobody with a wrong one, or one that has run out', async () => {
    const good = newCredential()
    for (const credential of [
      newCredential('a-secret-that-nobody-knows'),
      newCredential(SECRET, Date.now() - 2 * HOUR),
      { ...good, username: good.username.replace(/^\d+/, (expiry) => String(Number(expiry) + 1)) },
      { ...good, credential: '' },
    ]) {
      const client = await open(credential)
      expect(await client.allocate()).toBe(401)
    }
  })

  it('is nobody more than twelve times at once', async () => {
    const credential = newCredential()
    const outcomes: unknown[] = []
    for (let n = 0; n < 13; n++) outcomes.push(await (await open(credential)).allocate())
    expect(outcomes).toEqual([...Array<string>(12).fill('granted'), 486])
    const other = await open(newCredential())
    expect(await other.allocate()).toBe('granted')
  })
})

describe.each(['udp', 'tcp', 'tls'] as const)('whom it relays to, asked over %s', (transport) => {
  it('is Video Meet', async () => {
    const client = await open(newCredential(), transport)
    await client.allocate()
    expect(await client.createPermission(SFU)).toBe('granted')
    expect(await client.bindChannel(SFU, SFU_PORT)).toBe('granted')
  })

  it.each(Object.entries(HOSTILE))('is not %s (%s)', async (address) => {
    const client = await open(newCredential(), transport)
    const ipv6 = address.includes(':') && hasIPv6
    expect(await client.allocate({ ipv6 })).toBe('granted')
    // Without IPv6 nothing of IPv6 is relayed to in the first place.
    const refusal = address.includes(':') && !hasIPv6 ? 443 : 403
    expect(await client.createPermission(address)).toBe(refusal)
    expect(await client.bindChannel(address, SFU_PORT)).toBe(refusal)
    expect(await client.connectTo(address, 80)).toBe(403)
  })

  it('is nobody over TCP', async () => {
    const client = await open(newCredential(), transport)
    expect(await client.allocate({ tcp: true })).toBe(442)
  })
})

it('passes nothing on to whom it refuses', async () => {
  const canary = createSocket('udp4').bind(0, HOST)
  onTestFinished(() => void canary.close())
  await once(canary, 'listening')
  const arrived: string[] = []
  const fence = new Promise<void>((resolve) => {
    canary.on('message', (message) => {
      arrived.push(message.toString())
      if (arrived.at(-1) === 'fence') resolve()
    })
  })
  const client = await open(newCredential())
  await client.allocate()
  const { port: canaryPort } = canary.address()
  expect(await client.createPermission(HOST)).toBe(403)
  client.send(HOST, canaryPort, 'through the relay')
  // When this is answered, what was sent before it has been dealt with.
  expect(await client.refresh(600)).toBe('granted')
  canary.send('fence', canaryPort, HOST)
  await fence
  expect(arrived).toEqual(['fence'])
})

it('relays on for whom it serves when their credential runs out', async () => {
  const shared = port
  const own = await start({ 'stale-nonce': ['1'] })
  onTestFinished(async () => {
    await own.stop()
    port = shared
  })
  const username = `${Math.floor(Date.now() / 1000) + 2}:${randomUUID()}`
  const credential = { username, credential: createHmac('sha1', SECRET).update(username).digest('base64') }
  const running = await open(credential)
  expect(await running.allocate()).toBe('granted')
  await expect.poll(async () => (await open(credential)).allocate(), { timeout: patient(10_000) }).toBe(401)
  // With a nonce that has run out too: this is signed anew.
  expect(await running.refresh(600)).toBe('granted')
  expect(await running.createPermission(SFU)).toBe('granted')
})
