import {
  type Capability,
  capabilityOf,
  DEFAULT_POLICY,
  RoomRole,
  type TrackSource,
} from '@video-meet/protocol'
import { describe, expect, it } from 'vitest'
import { createMember } from '../../test/lib/room-context.ts'
import { CallState } from './call-state.ts'
import { permits, ROLE_TABLE, type RoomPolicy } from './permissions.ts'

/*
 * Written from the table of the threat model, apart from the code: x: allowed; o: as a setting says; -: refused.
 * In the order host, moderator, presenter, participant, guest, observer.
 */
const EXPECTED = {
  microphone: 'x x x o o -',
  camera: 'x x x o o -',
  screen: 'x x x o o -',
  chat: 'x x o o o -',
  hand: 'x x x x x -',
  admit: 'x x - - - -',
  moderate: 'x x - - - -',
  remove: 'x x - - - -',
  grant: 'x x - - - -',
  settings: 'x o - - - -',
  end: 'x - - - - -',
} as const satisfies Record<Capability, string>

/** The setting that opens the cells marked o. */
const SETTING_OF: Partial<Record<Capability, string>> = {
  microphone: 'talk',
  camera: 'video',
  screen: 'share',
  chat: 'chat',
  settings: 'settings',
}

const ROLES = ['host', 'moderator', 'presenter', 'participant', 'guest', 'observer'] as const
const CAPABILITIES = Object.keys(EXPECTED) as Capability[]
const cells = CAPABILITIES.flatMap((capability) =>
  ROLES.map((role, column) => ({ capability, role, mark: EXPECTED[capability].split(' ')[column] })),
)

describe('the table of roles', () => {
  it('knows every role and every capability, and no other', () => {
    expect(RoomRole.options).toEqual(ROLES)
    expect(Object.keys(ROLE_TABLE)).toEqual(CAPABILITIES)
    for (const row of Object.values(ROLE_TABLE)) expect(Object.keys(row)).toEqual(ROLES)
    expect(cells).toHaveLength(66)
  })

  it.each(cells)('says $mark of $capability for $role', ({ capability, role, mark }) => {
    const cell = ROLE_TABLE[capability][role]
    expect(cell).toBe(mark === 'o' ? SETTING_OF[capability] : mark === 'x')
  })
})

/** Who may, in the order of `ROLES`, where the setting has a value. */
const OPENED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  talk: { everyone: 'x x x x x -', members: 'x x x x - -', presenters: 'x x x - - -' },
  video: { everyone: 'x x x x x -', members: 'x x x x - -', presenters: 'x x x - - -' },
  share: { everyone: 'x x x x x -', members: 'x x x x - -', presenters: 'x x x - - -' },
  chat: {
    everyone: 'x x x x x -',
    members: 'x x x x - -',
    presenters: 'x x x - - -',
    nobody: 'x x - - - -',
  },
  settings: { host: 'x - - - - -', moderators: 'x x - - - -' },
}

describe('a setting', () => {
  const openings = Object.entries(SETTING_OF).flatMap(([capability, setting]) =>
    Object.entries(OPENED[setting] ?? {}).map(([value, who]) => ({
      capability: capability as Capability,
      setting,
      value,
      who,
    })),
  )

  it.each(openings)(
    '$setting as $value opens $capability to "$who"',
    ({ capability, setting, value, who }) => {
      const policy: RoomPolicy = { ...DEFAULT_POLICY, [setting]: value }
      const allowed = ROLES.map((role) => (permits(role, capability, policy) ? 'x' : '-'))
      expect(allowed.join(' ')).toBe(who)
    },
  )

  it.each(openings)('$setting as $value changes nothing else', ({ capability, setting, value }) => {
    const policy: RoomPolicy = { ...DEFAULT_POLICY, [setting]: value }
    for (const other of CAPABILITIES.filter((one) => one !== capability))
      for (const role of ROLES)
        expect(permits(role, other, policy), `${other} of ${role}`).toBe(permits(role, other, DEFAULT_POLICY))
  })
})

it('takes the capability of a device or screen to publish from it', () => {
  const expected: Record<TrackSource, Capability> = {
    microphone: 'microphone',
    camera: 'camera',
    screen: 'screen',
    'screen-audio': 'screen',
  }
  for (const [source, capability] of Object.entries(expected))
    expect(capabilityOf(source as TrackSource)).toBe(capability)
})

describe('what one person may do', () => {
  /** Somebody of whom it was decided that they may, or may not, do all of it. */
  const decided = (role: RoomRole, allowed: boolean) => {
    const call = new CallState(DEFAULT_POLICY, null)
    const member = createMember(call, { role })
    const grants = Object.fromEntries(CAPABILITIES.map((capability) => [capability, allowed]))
    call.decide(member.person.key, { grants })
    return member.capabilities
  }

  it('is what was granted, but an observer publishes nothing', () => {
    expect(decided('guest', true)).toEqual(CAPABILITIES)
    expect(decided('observer', true)).toEqual(
      CAPABILITIES.filter((capability) => !['microphone', 'camera', 'screen'].includes(capability)),
    )
  })

  it('is nothing where all was withdrawn, except of a host, from whom nobody takes anything', () => {
    expect(decided('moderator', false)).toEqual([])
    expect(decided('host', false)).toEqual(CAPABILITIES)
  })

  it('follows the settings live, and a refusal says what is refused', () => {
    const call = new CallState(DEFAULT_POLICY, null)
    const member = createMember(call, { role: 'guest' })
    expect(member.capabilities).toEqual(['microphone', 'camera', 'screen', 'chat', 'hand'])
    call.change({ talk: 'members', share: 'presenters', chat: 'nobody' })
    expect(member.capabilities).toEqual(['camera', 'hand'])
    expect(() => member.assertMay('chat')).toThrow(
      expect.objectContaining({ code: 'forbidden', message: expect.stringContaining('chat') }),
    )
    expect(() => member.assertMay('camera')).not.toThrow()
  })
})
