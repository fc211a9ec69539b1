import { DEFAULT_POLICY, type RoomRole } from '@video-meet/protocol'
import { describe, expect, it } from 'vitest'
import { createMember } from '../../../test/lib/room-context.ts'
import { CallState } from '../../room/call-state.ts'
import { decideGrant, giveRole } from './rights.ts'

const openCall = () => new CallState(DEFAULT_POLICY, null)
function enter(call: CallState, role: RoomRole) {
  const member = createMember(call, { role })
  return { member, standing: () => call.standingOf(member.person.key) }
}

describe('a capability of one person', () => {
  it('is granted and withdrawn beside others', () => {
    const call = openCall()
    const { member, standing } = enter(call, 'participant')
    decideGrant(call, member, { capability: 'admit', allowed: true })
    decideGrant(call, member, { capability: 'microphone', allowed: false })
    expect(standing()).toEqual({ grants: { admit: true, microphone: false } })
    expect([member.may('admit'), member.may('microphone'), member.may('camera')]).toEqual([true, false, true])
  })

  it('needs no decision where the role says it anyway', () => {
    const call = openCall()
    const { member, standing } = enter(call, 'participant')
    decideGrant(call, member, { capability: 'chat', allowed: true })
    decideGrant(call, member, { capability: 'moderate', allowed: false })
    expect(standing()).toEqual({})
  })

  it('leaves no trace when it is taken back, and what else was decided stays', () => {
    const call = openCall()
    const { member, standing } = enter(call, 'participant')
    call.decide(member.person.key, { name: 'Bo' })
    decideGrant(call, member, { capability: 'microphone', allowed: false })
    decideGrant(call, member, { capability: 'microphone', allowed: true })
    expect(standing()).toEqual({ name: 'Bo' })
    expect(member.may('microphone')).toBe(true)
  })

  it('holds whatever the settings say later', () => {
    const call = openCall()
    call.change({ talk: 'presenters' })
    const { member } = enter(call, 'guest')
    decideGrant(call, member, { capability: 'microphone', allowed: true })
    expect(member.may('microphone')).toBe(true)
    call.change({ talk: 'everyone' })
    call.change({ talk: 'presenters' })
    expect(member.may('microphone')).toBe(true)
  })
})

describe('a role', () => {
  it('comes with all that belongs to it, and takes single decisions away', () => {
    const call = openCall()
    const [actor, subject] = [enter(call, 'moderator'), enter(call, 'participant')]
    decideGrant(call, subject.member, { capability: 'camera', allowed: false })
    giveRole(call, { actor: actor.member, subject: subject.member, role: 'presenter' })
    expect(subject.standing()).toEqual({ role: 'presenter' })
    expect(subject.member.role).toBe('presenter')
    expect(subject.member.may('camera')).toBe(true)
    expect(actor.standing()).toEqual({})
  })

  it('of a host goes over: who gives it is a moderator from then on', () => {
    const call = openCall()
    const [actor, subject] = [enter(call, 'host'), enter(call, 'guest')]
    giveRole(call, { actor: actor.member, subject: subject.member, role: 'host' })
    expect([actor.member.role, subject.member.role]).toEqual(['moderator', 'host'])
    expect([actor.member.may('end'), subject.member.may('end')]).toEqual([false, true])
  })
})
