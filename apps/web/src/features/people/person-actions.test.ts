import type { Capability, RoomRole } from '@video-meet/protocol'
import { describe, expect, test } from 'vitest'
import type { PersonView } from '../../store/meeting-slice.ts'
import { personActions } from './person-actions.ts'
import { actionText } from './person-text.ts'

const BASIC: readonly Capability[] = ['microphone', 'camera', 'screen', 'chat', 'hand']
const MODERATOR: readonly Capability[] = [...BASIC, 'admit', 'moderate', 'remove', 'grant', 'settings']
const HOST: readonly Capability[] = [...MODERATOR, 'end']

function person(role: RoomRole, change: Partial<PersonView> = {}): PersonView {
  return {
    id: role,
    name: 'Ana',
    isLocal: false,
    role,
    may: BASIC,
    reconnecting: false,
    muted: true,
    cameraOn: false,
    sharingScreen: false,
    hand: 0,
    spotlighted: false,
    ...change,
  }
}

const texts = (me: PersonView, subject: PersonView) => personActions(me, subject).flat().map(actionText)

const host = person('host', { isLocal: true, may: HOST })
const moderator = person('moderator', { isLocal: true, may: MODERATOR })

test('a host can do everything to somebody who does everything', () => {
  const ana = person('participant', { muted: false, cameraOn: true, sharingScreen: true, hand: 1 })
  expect(texts(host, ana)).toEqual([
    'Mute',
    'Mute and keep muted',
    'Stop camera',
    'Stop camera and keep it off',
    'Stop share',
    'Lower hand',
    'Forbid sharing',
    'Forbid chat',
    'Spotlight for everyone',
    'Rename…',
    'Make host…',
    'Make moderator',
    'Make presenter',
    'Make observer',
    'Send to waiting room',
    'Remove…',
    'Ban…',
  ])
})

test('what is off can be asked for, what is forbidden can be allowed', () => {
  expect(texts(host, person('guest'))).toEqual(
    expect.arrayContaining(['Ask to unmute', 'Ask to turn on camera']),
  )
  const silenced = texts(host, person('guest', { may: ['camera'], spotlighted: true }))
  expect(silenced).toEqual(expect.arrayContaining(['Allow to unmute', 'Allow sharing', 'Allow chat']))
  expect(silenced).toEqual(expect.arrayContaining(['End spotlight']))
  expect(silenced).not.toContain('Ask to unmute')
})

describe('a moderator', () => {
  test('mutes other moderators, but neither renames nor removes them nor changes their role', () => {
    const other = person('moderator', { muted: false, may: MODERATOR })
    expect(texts(moderator, other)).toEqual([
      'Mute',
      'Mute and keep muted',
      'Stop camera and keep it off',
      'Ask to turn on camera',
      'Spotlight for everyone',
    ])
  })

  test('can ask the host and put them in the spotlight, and nothing else', () => {
    expect(texts(moderator, person('host', { may: HOST }))).toEqual([
      'Ask to unmute',
      'Ask to turn on camera',
      'Spotlight for everyone',
    ])
  })

  test('gives roles below their own only', () => {
    expect(texts(moderator, person('guest')).filter((text) => text.startsWith('Make'))).toEqual([
      'Make presenter',
      'Make participant',
      'Make observer',
    ])
  })

  test('grants nothing that they may not do themselves', () => {
    const me = { ...moderator, may: MODERATOR.filter((it) => it !== 'screen') }
    expect(texts(me, person('guest', { may: [] }))).not.toContain('Allow sharing')
  })
})

test('somebody who may only moderate removes nobody', () => {
  const me = person('participant', { isLocal: true, may: [...BASIC, 'moderate'] })
  const acts = texts(me, person('guest', { muted: false }))
  expect(acts).toContain('Mute')
  expect(acts.filter((text) => /Remove|Ban|Make|waiting|Allow|Rename/.test(text))).toEqual([])
})

test('oneself can be put in the spotlight only; who may nothing can do nothing', () => {
  expect(texts(host, host)).toEqual(['Spotlight for everyone'])
  expect(personActions(person('participant', { isLocal: true }), person('guest'))).toEqual([])
})
