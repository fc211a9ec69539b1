import { DEFAULT_POLICY } from '@video-meet/protocol'
import { describe, expect, it, vi } from 'vitest'
import { CallState, type StoredCall } from './call-state.ts'

const POLICY = { ...DEFAULT_POLICY, talk: 'members', chat: 'presenters' } as const

/** A call, and what it tells in the order in which it is told. */
function follow(stored: StoredCall | null = null) {
  const call = new CallState(POLICY, stored)
  const told: string[] = []
  call.on('settingsChanged', () => told.push('settingsChanged'))
  call.on('changed', () => told.push('changed'))
  return { call, told }
}

describe('the settings of a call', () => {
  it('are those of the meeting, unlocked, until they are changed', () => {
    expect(new CallState(POLICY, null).settings).toEqual({
      locked: false,
      talk: 'members',
      video: 'everyone',
      share: 'everyone',
      chat: 'presenters',
      waitingRoom: 'nobody',
    })
  })

  it('differ from the policy of the meeting in what was changed, one change upon the other', () => {
    const { call, told } = follow()
    call.change({ talk: 'presenters', locked: true })
    call.change({ chat: 'nobody' })
    expect(call.settings).toMatchObject({
      locked: true,
      talk: 'presenters',
      chat: 'nobody',
      video: 'everyone',
    })
    expect(call.policy).toMatchObject({ talk: 'presenters', chat: 'nobody', settings: 'moderators' })
    expect(told).toEqual(['settingsChanged', 'changed', 'settingsChanged', 'changed'])
  })

  it('give way to a new policy where that says something new, and hold where it does not', () => {
    const { call, told } = follow()
    call.change({ talk: 'presenters', chat: 'nobody', locked: true })
    call.policyChanged({ ...POLICY, talk: 'everyone', video: 'presenters', settings: 'host' })
    expect(call.settings).toEqual({
      locked: true,
      talk: 'everyone',
      video: 'presenters',
      share: 'everyone',
      chat: 'nobody',
      waitingRoom: 'nobody',
    })
    expect(call.policy.settings).toBe('host')
    expect(call.stored().settings).toEqual({ chat: 'nobody', locked: true })
    expect(told.slice(2)).toEqual(['settingsChanged', 'changed'])
  })
})

describe('what was decided about a person', () => {
  it('is nothing at first, and is added to', () => {
    const { call, told } = follow()
    expect(call.standingOf('guest:1')).toEqual({})
    call.decide('guest:1', { name: 'Bo' })
    call.decide('guest:1', { role: 'presenter', grants: { admit: true } })
    call.decide('guest:2', { removed: true })
    expect(call.standingOf('guest:1')).toEqual({ name: 'Bo', role: 'presenter', grants: { admit: true } })
    expect(call.standingOf('guest:2')).toEqual({ removed: true })
    expect(told).toEqual(['changed', 'changed', 'changed'])
  })

  it('is taken back by undefined, to the last trace', () => {
    const { call } = follow()
    call.decide('guest:1', { name: 'Bo', removed: true })
    call.decide('guest:1', { removed: undefined })
    expect(call.standingOf('guest:1')).toEqual({ name: 'Bo' })
    call.decide('guest:1', { name: undefined })
    expect(call.stored().people).toEqual({})
  })
})

describe('a call that another process takes over', () => {
  it('goes on where it was, after a way through JSON', () => {
    vi.useFakeTimers({ now: new Date('2026-03-04T05:06:07.089Z') })
    const before = new CallState(POLICY, null)
    before.change({ waitingRoom: 'everyone', locked: true })
    before.decide('user:1', { role: 'moderator', grants: { chat: false } })
    vi.setSystemTime(new Date('2026-03-04T06:00:00Z'))
    const stored = JSON.parse(JSON.stringify(before.stored())) as StoredCall
    const after = new CallState(POLICY, stored)
    vi.useRealTimers()
    expect(stored.since).toBe('2026-03-04T05:06:07.089Z')
    expect(after.since).toEqual(before.since)
    expect(after.settings).toEqual(before.settings)
    expect(after.standingOf('user:1')).toEqual({ role: 'moderator', grants: { chat: false } })
    expect(after.stored()).toEqual(before.stored())
  })

  it('is not touched by what happens in the one before', () => {
    const before = new CallState(POLICY, null)
    before.decide('user:1', { name: 'Bo' })
    const stored = before.stored()
    before.decide('user:1', { name: 'Cy' })
    before.change({ locked: true })
    const after = new CallState(POLICY, stored)
    expect(after.standingOf('user:1')).toEqual({ name: 'Bo' })
    expect(after.settings.locked).toBe(false)
  })
})

it('tells nobody any more when it is closed', () => {
  const { call, told } = follow()
  call.close()
  call.change({ locked: true })
  expect(told).toEqual([])
})
