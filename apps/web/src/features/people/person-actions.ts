import { reaches, type RoomRole, rolesGivenBy } from '@video-meet/protocol'
import type { PersonView } from '../../store/meeting-slice.ts'

type Device = 'microphone' | 'camera'
/** What can be let and forbidden without taking something away that is on. */
type Grantable = Device | 'screen' | 'chat'

/** Something that the person at this browser can do to somebody. */
export type PersonAction =
  /** `lasting`: and they may not start again. */
  | { readonly kind: 'stop'; readonly source: Device | 'screen'; readonly lasting: boolean }
  | { readonly kind: 'ask'; readonly device: Device }
  | { readonly kind: 'grant'; readonly capability: Grantable; readonly allowed: boolean }
  | { readonly kind: 'lowerHand' }
  | { readonly kind: 'spotlight'; readonly on: boolean }
  | { readonly kind: 'rename' }
  | { readonly kind: 'giveRole'; readonly role: RoomRole }
  | { readonly kind: 'sendToWaitingRoom' }
  | { readonly kind: 'remove' }
  | { readonly kind: 'ban' }

type Group = readonly (PersonAction | false)[]

/** Exactly what `me` can do to `person`, in groups. The server has the same rules, and the last word. */
export function personActions(me: PersonView, person: PersonView): PersonAction[][] {
  const groups: Group[] = [
    ...(person.isLocal ? [] : [devices(me, person), permissions(me, person)]),
    appearance(me, person),
    ...(person.isLocal ? [] : [roles(me, person), leaving(me, person)]),
  ]
  return groups.map((group) => group.filter((action) => action !== false)).filter(({ length }) => length > 0)
}

function devices(me: PersonView, person: PersonView): Group {
  if (!me.may.includes('moderate')) return []
  return [...(reaches(me.role, person.role, 'equal') ? stops(person) : []), ...asks(person)]
}

function stops({ muted, cameraOn, sharingScreen, hand, may }: PersonView): Group {
  return [
    !muted && { kind: 'stop', source: 'microphone', lasting: false },
    may.includes('microphone') && { kind: 'stop', source: 'microphone', lasting: true },
    cameraOn && { kind: 'stop', source: 'camera', lasting: false },
    may.includes('camera') && { kind: 'stop', source: 'camera', lasting: true },
    sharingScreen && { kind: 'stop', source: 'screen', lasting: false },
    hand > 0 && { kind: 'lowerHand' },
  ]
}

function asks({ muted, cameraOn, may }: PersonView): Group {
  return [
    muted && may.includes('microphone') && { kind: 'ask', device: 'microphone' },
    !cameraOn && may.includes('camera') && { kind: 'ask', device: 'camera' },
  ]
}

function permissions(me: PersonView, person: PersonView): Group {
  if (!canGrant(me, person) || person.role === 'observer') return []
  const lets = (capability: Grantable): Group[number] =>
    me.may.includes(capability) &&
    !person.may.includes(capability) && { kind: 'grant', capability, allowed: true }
  const forbids = (capability: Grantable): Group[number] =>
    me.may.includes(capability) &&
    person.may.includes(capability) && { kind: 'grant', capability, allowed: false }
  return [
    lets('microphone'),
    lets('camera'),
    lets('screen'),
    forbids('screen'),
    lets('chat'),
    forbids('chat'),
  ]
}

function appearance(me: PersonView, person: PersonView): Group {
  if (!me.may.includes('moderate')) return []
  return [
    { kind: 'spotlight', on: !person.spotlighted },
    !person.isLocal && reaches(me.role, person.role, 'lower') && { kind: 'rename' },
  ]
}

/** What nobody is made: guests are those who came without an account. */
function roles(me: PersonView, person: PersonView): Group {
  if (!canGrant(me, person)) return []
  return rolesGivenBy(me.role)
    .filter((role) => role !== person.role && role !== 'guest')
    .map((role) => ({ kind: 'giveRole', role }))
}

function leaving(me: PersonView, person: PersonView): Group {
  if (!me.may.includes('remove') || !reaches(me.role, person.role, 'lower')) return []
  return [{ kind: 'sendToWaitingRoom' }, { kind: 'remove' }, { kind: 'ban' }]
}

function canGrant(me: PersonView, person: PersonView): boolean {
  return me.may.includes('grant') && reaches(me.role, person.role, 'lower')
}
