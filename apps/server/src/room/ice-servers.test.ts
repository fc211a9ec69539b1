import { createHmac } from 'node:crypto'
import { ParticipantId } from '@video-meet/protocol'
import { describe, expect, it } from 'vitest'
import { createIceServers, createTestIceServers } from './ice-servers.ts'

const ana = ParticipantId.parse('6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b')
const ben = ParticipantId.parse('0b9d3a63-8f3c-4a6e-9d0a-4f2f6f7f1c11')
const NOON = Date.UTC(2026, 0, 1, 12)
const MINUTE = 60_000
const TURN = {
  stunUrls: [],
  turnUrls: ['turn:turn.example.org', 'turns:turn.example.org:443?transport=tcp'],
  turnSecrets: ['nF7qLw2Zs9Xv4Bk1Td6R'],
}

describe('createIceServers', () => {
  it('names no server of others by itself', () => {
    const issue = createIceServers({ stunUrls: [], turnUrls: [], turnSecrets: [] })
    expect(issue(ana)).toEqual({ servers: [], lifetimeSeconds: null })
  })

  it('gives STUN servers without credentials, which never run out', () => {
    const issue = createIceServers({ stunUrls: ['stun:stun.example.org'], turnUrls: [], turnSecrets: [] })
    expect(issue(ana)).toEqual({ servers: [{ urls: ['stun:stun.example.org'] }], lifetimeSeconds: null })
  })

  it('signs the expiry and the person as coturn expects', () => {
    const issue = createIceServers({ ...TURN, stunUrls: ['stun:stun.example.org'] }, () => NOON)
    // The password is that of: printf %s 1767272400:6ec0… | openssl dgst -sha1 -hmac nF7q… -binary | base64
    expect(issue(ana)).toEqual({
      servers: [
        { urls: ['stun:stun.example.org'] },
        {
          urls: TURN.turnUrls,
          username: '1767272400:6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b',
          credential: 'hyyZkvwURm+WcUWo6PhJ7AFe5ho=',
        },
      ],
      lifetimeSeconds: 3600,
    })
  })

  it('gives each person a name of their own, twice an hour a new one', () => {
    const namesOf = (participantId: ParticipantId) =>
      Array.from({ length: 60 }, (_, minute) => {
        const issue = createIceServers(TURN, () => NOON + minute * MINUTE)
        return issue(participantId).servers[0]?.username
      })
    expect(new Set(namesOf(ana)).size).toBe(2)
    expect(new Set([...namesOf(ana), ...namesOf(ben)]).size).toBe(4)
  })

  it('never gives one for more than an hour, or for less than half of one', () => {
    const lifetimes = Array.from({ length: 3600 }, (_, second) => {
      return createIceServers(TURN, () => NOON + second * 1000)(ana).lifetimeSeconds ?? 0
    })
    expect(Math.max(...lifetimes)).toBe(3600)
    expect(Math.min(...lifetimes)).toBe(1801)
  })

  it('signs with the first of two secrets', () => {
    const both = createIceServers(
      { ...TURN, turnSecrets: ['the-new-one-for-turn', ...TURN.turnSecrets] },
      () => NOON,
    )
    const next = createIceServers({ ...TURN, turnSecrets: ['the-new-one-for-turn'] }, () => NOON)
    expect(both(ana)).toEqual(next(ana))
  })
})

describe('createTestIceServers', () => {
  it('gives credentials that name nobody and end with the test', () => {
    const issue = createTestIceServers({ ...TURN, stunUrls: ['stun:stun.example.org'] }, () => NOON)
    const { servers, lifetimeSeconds } = issue(20)
    expect(lifetimeSeconds).toBe(20)
    expect(servers[0]).toEqual({ urls: ['stun:stun.example.org'] })
    const { username = '', credential } = servers[1] ?? {}
    expect(username).toBe(`${NOON / 1000 + 20}:test`)
    const [secret = ''] = TURN.turnSecrets
    expect(credential).toBe(createHmac('sha1', secret).update(username).digest('base64'))
  })

  it('gives none without TURN', () => {
    const issue = createTestIceServers({ stunUrls: [], turnUrls: [], turnSecrets: [] })
    expect(issue(20)).toEqual({ servers: [], lifetimeSeconds: null })
  })
})
