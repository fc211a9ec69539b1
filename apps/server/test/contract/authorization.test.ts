/*
 * Who may send which request about whom: every request of the registries × everyone × what it can name × what the meeting
 * allows. What is expected is worked out here, from a table of its own.
 */
import { randomUUID } from 'node:crypto'
import {
  type Capability,
  GrantableCapability,
  type MeetingPolicy,
  type Reply,
  type RequestName,
  requests,
  type RoomRole,
  waitingRequests,
} from '@video-meet/protocol'
import { afterAll, describe, expect, it } from 'vitest'
import { patient } from '../../../../scripts/test/time-factor.ts'
import { REQUEST_POLICY } from '../../src/room/permissions.ts'
import {
  openAuthorizationPlace,
  OUTSIDE,
  type PrincipalName,
  roleOf,
  SEATED,
  type Seated,
} from '../lib/authorization-place.ts'
import { writeReport } from '../lib/authorization-report.ts'
import { createStatsReport } from '../lib/stats-report.ts'

/** As people agreed on it: x allowed, - refused, or the setting that opens it. */
const AGREED: Readonly<Record<Capability, string>> = {
  //          host moderator presenter participant guest observer
  microphone: 'x    x         x         talk        talk  -',
  camera: '    x    x         x         video       video -',
  screen: '    x    x         x         share       share -',
  chat: '      x    x         chat      chat        chat  -',
  hand: '      x    x         x         x           x     -',
  admit: '     x    x         -         -           -     -',
  moderate: '  x    x         -         -           -     -',
  remove: '    x    x         -         -           -     -',
  grant: '     x    x         -         -           -     -',
  settings: '  x    settings  -         -           -     -',
  end: '       x    -         -         -           -     -',
}
const COLUMNS: readonly RoomRole[] = ['host', 'moderator', 'presenter', 'participant', 'guest', 'observer']
/** Who is below whom; those on one line are equal. */
const LADDER: readonly (readonly RoomRole[])[] = [
  ['observer', 'guest', 'participant'],
  ['presenter'],
  ['moderator'],
  ['host'],
]
/** For whom a setting opens what it guards. */
const OPEN_FOR: Readonly<Record<string, readonly RoomRole[]>> = {
  everyone: ['presenter', 'participant', 'guest'],
  members: ['presenter', 'participant'],
  presenters: ['presenter'],
  nobody: [],
  moderators: ['moderator'],
  host: [],
}

const POLICIES: Readonly<Record<string, Partial<MeetingPolicy>>> = {
  open: {},
  'for members': { talk: 'members', video: 'members', share: 'members', chat: 'members' },
  'for presenters': { talk: 'presenters', video: 'presenters', share: 'presenters', chat: 'presenters' },
  closed: { chat: 'nobody', settings: 'host', waitingRoom: 'everyone' },
}
const OPEN_POLICY: Partial<MeetingPolicy> = {
  talk: 'everyone',
  video: 'everyone',
  share: 'everyone',
  chat: 'everyone',
  settings: 'moderators',
}

function isAgreed(role: RoomRole, capability: Capability, policy: Partial<MeetingPolicy>): boolean {
  const cell = AGREED[capability].trim().split(/\s+/)[COLUMNS.indexOf(role)] ?? ''
  if (cell === 'x' || cell === '-') return cell === 'x'
  const setting = { ...OPEN_POLICY, ...policy }[cell as keyof MeetingPolicy]
  return OPEN_FOR[String(setting)]?.includes(role) ?? false
}

function heightOf(role: RoomRole): number {
  return LADDER.findIndex((step) => step.includes(role))
}

type World = Awaited<ReturnType<typeof openAuthorizationPlace>>
/** Whom a request names. */
type Subject = Seated | 'second moderator' | 'participant of another meeting' | 'nobody'
const SUBJECTS: readonly Subject[] = [
  ...SEATED,
  'second moderator',
  'participant of another meeting',
  'nobody',
]

const PARAMETERS = { codecs: [{ mimeType: 'audio/opus', payloadType: 100, clockRate: 48_000, channels: 2 }] }
const DTLS = { fingerprints: [{ algorithm: 'sha-256', value: Array(32).fill('AB').join(':') }] }

/** Inputs that pass the schema, so that nothing but the policy can refuse them. */
function inputOf(name: RequestName, world: World, subject: Subject | null): object {
  const participantId = subject === null || subject === 'nobody' ? randomUUID() : world.idOf(subject)
  const ids = world.waitingIds()
  const inputs: Record<RequestName, object> = {
    'room.join': {},
    'room.leave': { mayReturn: false },
    'room.check': {},
    'track.publish': { source: 'screen', muted: false },
    'track.setMuted': { source: 'microphone', muted: false },
    'track.unpublish': { source: 'microphone' },
    'sfu.openSession': { rtpCapabilities: { codecs: [] } },
    'sfu.connectTransport': { transportId: 'send', dtlsParameters: DTLS },
    'sfu.restartIce': { transportId: 'send' },
    'sfu.produce': { source: 'screen', muted: false, rtpParameters: PARAMETERS },
    'sfu.closeProducer': { source: 'microphone' },
    'sfu.resumeConsumers': { consumerIds: ['consumer'] },
    'sfu.setLayers': { layers: [{ consumerId: 'consumer', spatialLayer: 0 }] },
    'sfu.getStats': {},
    'topology.ready': { epoch: 0 },
    'topology.report': { problem: 'limited' },
    'link.signal': {
      participantId,
      ends: { from: 'a', to: null },
      signal: { type: 'demand', heights: [] },
    },
    'ice.getServers': {},
    'chat.send': { text: 'hello' },
    'hands.raise': {},
    'hands.lower': {},
    'hands.lowerOf': { participantId },
    'hands.lowerAll': {},
    'layout.spotlight': { participantId },
    'layout.lead': { layout: { mode: 'grid', pinned: null } },
    'lobby.admit': { ids },
    'lobby.deny': { ids },
    'lobby.message': { ids, text: 'Soon' },
    'stats.report': createStatsReport(),
    'moderation.stop': { participantId, source: 'microphone', lasting: false },
    'moderation.muteAll': { lasting: false },
    'moderation.ask': { participantId, device: 'microphone' },
    'moderation.rename': { participantId, name: 'Renamed', reason: 'Real names, please' },
    'moderation.remove': { participantId },
    'moderation.ban': { participantId, network: false },
    'moderation.listBans': {},
    'moderation.liftBan': { id: randomUUID() },
    'moderation.sendToWaitingRoom': { participantId },
    'moderation.giveRole': { participantId, role: 'observer' },
    'moderation.grant': { participantId, capability: 'hand', allowed: false },
    'moderation.changeSettings': { locked: true },
    'moderation.panic': {},
    'moderation.end': {},
  }
  return inputs[name]
}

type Outcome = 'in' | 'forbidden' | 'not_joined' | 'not_found'

interface Case {
  readonly name: RequestName
  readonly who: PrincipalName
  readonly subject: Subject | null
  readonly policy: Partial<MeetingPolicy>
  readonly granted?: {
    readonly to: Seated
    readonly capability: GrantableCapability
    readonly allowed: boolean
  }
}

/** What a request takes, where its row leaves it to the input. */
function capabilityFor(name: RequestName): Capability | undefined {
  const { needs } = REQUEST_POLICY[name]
  if (needs === 'source') return 'screen'
  return needs === 'unmute' ? 'microphone' : needs
}

function holds({ who, policy, granted }: Case, role: RoomRole, capability: Capability): boolean {
  const agreed = isAgreed(role, capability, policy)
  if (granted?.to !== who || granted.capability !== capability || role === 'host') return agreed
  const publishes = ['microphone', 'camera', 'screen'].includes(capability)
  return role === 'observer' && publishes ? agreed : granted.allowed
}

function expectedOf(one: Case): Outcome {
  const { name, who } = one
  if (who === 'waiting') return 'not_found'
  if (OUTSIDE.some((outside) => outside === who)) return 'not_joined'
  const role = roleIn(who)
  const needed = capabilityFor(name)
  if (needed && !holds(one, role, needed)) return 'forbidden'
  const about = expectedAbout(one, role)
  // Nobody gives what they do not have: the input gives hands.
  const gives = name === 'moderation.grant' && about === 'in'
  return gives && !holds(one, role, 'hand') ? 'forbidden' : about
}

function roleIn(who: PrincipalName): RoomRole {
  return who === 'member of another meeting' ? 'host' : roleOf(who as Seated)
}

/** What comes of whom the request names. */
function expectedAbout({ name, who, subject }: Case, role: RoomRole): Outcome {
  const reach = REQUEST_POLICY[name].subject
  if (reach === undefined || subject === null) return 'in'
  const elsewhere = subject === 'participant of another meeting'
  if (who === 'member of another meeting') return elsewhere ? 'in' : 'not_found'
  if (elsewhere || subject === 'nobody') return 'not_found'
  const distance = heightOf(role) - heightOf(subject === 'second moderator' ? 'moderator' : roleOf(subject))
  const leastDistance = { anyone: -Infinity, equal: 0, lower: 1 }[reach]
  return distance >= leastDistance ? 'in' : 'forbidden'
}

function outcomeOf(reply: Reply, expected: Outcome): string {
  if (reply.ok) return 'in'
  const { code } = reply.error
  // Whoever gets in may find that there is nothing to do.
  const isState = code === 'conflict' || (code === 'not_found' && reply.error.message.includes('track'))
  return expected === 'in' && isState ? 'in' : code
}

const report = {
  requests: Object.keys(requests).length,
  checks: 0,
  allowed: 0,
  refused: 0,
  wrong: [] as string[],
}

async function check(one: Case): Promise<void> {
  const { name, who, subject, policy, granted } = one
  const world = await openAuthorizationPlace(policy, granted)
  try {
    const before = world.seen()
    const want = expectedOf(one)
    const got = outcomeOf(await world.ask(who, name, inputOf(name, world, subject)), want)
    report.checks += 1
    if (want === 'in') report.allowed += 1
    else report.refused += 1
    const isChanged = world.seen() !== before
    // What is refused, and what is done in another meeting, leaves this one as it was.
    const mayChange = want === 'in' && who !== 'member of another meeting'
    const story = JSON.stringify({ name, who, subject, policy, granted })
    if (got !== want) report.wrong.push(`${story}: ${got}, not ${want}`)
    if (isChanged && !mayChange) report.wrong.push(`${story}: changed the meeting`)
  } finally {
    world.close()
  }
}

const names = (Object.keys(requests) as RequestName[]).filter((name) => name !== 'room.join')
const everyone: readonly PrincipalName[] = [...SEATED, ...OUTSIDE, 'member of another meeting']
const subjectsOf = (name: RequestName) => (REQUEST_POLICY[name].subject ? SUBJECTS : [null])

afterAll(() => writeReport('socket', report))

describe.each(Object.entries(POLICIES))('in a call that is %s', (_, policy) => {
  it.each(names)('%s is for those whom the table names', async (name) => {
    const wrongBefore = report.wrong.length
    for (const who of everyone)
      for (const subject of subjectsOf(name)) await check({ name, who, subject, policy })
    expect(report.wrong.slice(wrongBefore)).toEqual([])
  })
})

it(
  'single capabilities open what they name, and nothing else, and close it when they are taken',
  { timeout: patient(60_000) },
  async () => {
    const wrongBefore = report.wrong.length
    const guarded = names.filter((name) => capabilityFor(name) !== undefined)
    const decisions = GrantableCapability.options.flatMap((capability) =>
      SEATED.flatMap((to) => [true, false].map((allowed) => ({ to, capability, allowed }))),
    )
    for (const granted of decisions)
      for (const name of guarded) {
        const subject = REQUEST_POLICY[name].subject ? 'guest' : null
        await check({ name, who: granted.to, subject, policy: {}, granted })
      }
    expect(report.wrong.slice(wrongBefore)).toEqual([])
  },
)

describe('the waiting room', () => {
  it.each(Object.keys(waitingRequests))('%s is for those who wait, or who knock', async (name) => {
    const inputs: Record<string, object> = {
      'waiting.knock': { code: 'abcd-efghjk-mnpq', name: 'Somebody' },
      'waiting.rename': { name: 'Another' },
    }
    const world = await openAuthorizationPlace()
    for (const who of ['waiting', 'anonymous'] as const) {
      const reply = await world.askInLobby(who, name, inputs[name] ?? {})
      const isKnock = name === 'waiting.knock'
      const outsider = isKnock ? 'in' : 'not_joined'
      const want = who === 'waiting' ? (isKnock ? 'already_joined' : 'in') : outsider
      report.checks += 1
      expect(reply.ok ? 'in' : reply.error.code).toBe(want)
    }
    world.close()
  })

  it('is nowhere for those who are in the call', async () => {
    const world = await openAuthorizationPlace()
    for (const name of Object.keys(waitingRequests)) {
      const reply = await world.ask('host', name, {})
      report.checks += 1
      expect(reply).toMatchObject({ ok: false, error: { code: 'not_found' } })
    }
    world.close()
  })
})
