import { randomUUID } from 'node:crypto'
import { DEFAULT_POLICY, MeetingId, type RoomRole, UserId, type WaitingId } from '@video-meet/protocol'
import { describe, expect, it } from 'vitest'
import { createLine, createVisitor, type LineToWaiting } from '../../test/lib/waiting-line.ts'
import type { Visitor } from './admission.ts'
import { mustWait, WaitingRooms } from './waiting-rooms.ts'

const meetingId = MeetingId.parse(randomUUID())
const ADDRESS = '203.0.113.7'
const SETTINGS = { ...DEFAULT_POLICY, locked: false }

/** Waiting rooms with a clock that stands still. */
function openRooms() {
  const clock = { now: Date.parse('2026-03-04T05:06:07.089Z') }
  const rooms = new WaitingRooms(() => clock.now)
  const changed: MeetingId[] = []
  rooms.on('changed', (id) => changed.push(id))
  /** Somebody comes a second after the one before. */
  const wait = (
    name: string,
    visitor: Visitor = createVisitor({ meetingId }),
    address = ADDRESS,
  ): LineToWaiting & { place: number; id: WaitingId; visitor: Visitor } => {
    clock.now += 1000
    const connection = createLine(rooms)
    const place = rooms.add(visitor, { connection, address, name })
    const id = rooms.list(visitor.meeting.id)[place - 1]?.id
    if (!id) throw new Error(`${name} does not wait`)
    return Object.assign(connection, { place, id, visitor })
  }
  const names = (id = meetingId) => rooms.list(id).map(({ name }) => name)
  return { rooms, clock, changed, wait, names }
}

describe('the waiting room of a meeting', () => {
  it('shows who waits, the first one first, and what is known of them', () => {
    const { rooms, wait, changed } = openRooms()
    const userId = UserId.parse(randomUUID())
    wait('Ana', createVisitor({ meetingId, person: { userId, role: 'participant' }, wasRemoved: true }))
    wait('Ben', createVisitor({ meetingId, passwordUnchecked: true }))
    expect(rooms.list(meetingId)).toEqual([
      {
        id: expect.any(String),
        name: 'Ana',
        hasAccount: true,
        since: '2026-03-04T05:06:08.089Z',
        wasRemoved: true,
        passwordUnchecked: false,
        reminders: 0,
      },
      {
        id: expect.any(String),
        name: 'Ben',
        hasAccount: false,
        since: '2026-03-04T05:06:09.089Z',
        wasRemoved: false,
        passwordUnchecked: true,
        reminders: 0,
      },
    ])
    expect(changed).toEqual([meetingId, meetingId])
  })

  it('is apart from those of other meetings', () => {
    const { wait, names, rooms } = openRooms()
    const other = wait('Ana', createVisitor())
    const ben = wait('Ben')
    expect([other.place, ben.place]).toEqual([1, 1])
    expect(names()).toEqual(['Ben'])
    rooms.admit(meetingId, [other.id, ben.id])
    expect(other.told).toEqual([])
    expect(names(other.visitor.meeting.id)).toEqual(['Ana'])
  })

  it('tells everyone behind of their new place when somebody goes, and nobody else', () => {
    const { rooms, wait, names } = openRooms()
    const [ana, ben, cy, di] = [wait('Ana'), wait('Ben'), wait('Cy'), wait('Di')]
    expect([ana.place, ben.place, cy.place, di.place]).toEqual([1, 2, 3, 4])
    rooms.gone(ben, { mayReturn: false })
    expect(names()).toEqual(['Ana', 'Cy', 'Di'])
    expect(ana.told).toEqual([])
    expect(cy.told).toEqual([['waiting.placeChanged', { place: 2 }]])
    expect(di.told).toEqual([['waiting.placeChanged', { place: 3 }]])
    expect(rooms.isWaiting(ben)).toBe(false)
    expect(rooms.isWaiting(cy)).toBe(true)
  })

  it('shows another name, and how often somebody asked again', () => {
    const { rooms, wait, changed } = openRooms()
    const ana = wait('Ana')
    rooms.rename(ana, 'Anna')
    rooms.remind(ana)
    rooms.remind(ana)
    expect(rooms.list(meetingId)).toMatchObject([{ id: ana.id, name: 'Anna', reminders: 2 }])
    expect(changed).toHaveLength(4)
  })

  it('has nothing for those who do not wait', () => {
    const { rooms } = openRooms()
    const stranger = createLine()
    const refusal = expect.objectContaining({ code: 'not_joined' })
    expect(() => rooms.rename(stranger, 'Ana')).toThrow(refusal)
    expect(() => rooms.remind(stranger)).toThrow(refusal)
    expect(() => rooms.gone(stranger, { mayReturn: true })).not.toThrow()
  })
})

describe('the place of somebody', () => {
  it('goes over to another tab of theirs, and the one before is told so', () => {
    const { wait, names } = openRooms()
    const first = wait('Ana')
    const ben = wait('Ben')
    const second = wait('Ana again', first.visitor)
    expect(second.place).toBe(1)
    expect(names()).toEqual(['Ana again', 'Ben'])
    expect(first.told).toEqual([['waiting.denied', { reason: 'replaced' }], ['closed']])
    expect(ben.told).toEqual([])
  })

  it('is kept for a minute after their connection was lost', () => {
    const { rooms, wait, names, clock } = openRooms()
    const ana = wait('Ana')
    const ben = wait('Ben')
    rooms.remind(ana)
    rooms.gone(ana, { mayReturn: true })
    expect(ben.told).toEqual([['waiting.placeChanged', { place: 1 }]])
    clock.now += 58_999
    expect(wait('Ana', ana.visitor).place).toBe(1)
    // As the same one: who lets them in from a list that is a moment old lets in them.
    expect(rooms.list(meetingId)[0]).toMatchObject({ id: ana.id, reminders: 1 })
    expect(names()).toEqual(['Ana', 'Ben'])
    expect(ben.told.at(-1)).toEqual(['waiting.placeChanged', { place: 2 }])
    expect(rooms.list(meetingId)[0]?.since).toBe('2026-03-04T05:06:08.089Z')
  })

  it.each([
    ['a minute is over', { mayReturn: true }, 59_000],
    ['they left by themselves', { mayReturn: false }, 0],
  ])('is lost when %s', (_, how, passes) => {
    const { rooms, wait, names, clock } = openRooms()
    const ana = wait('Ana')
    wait('Ben')
    rooms.gone(ana, how)
    clock.now += passes
    expect(wait('Ana', ana.visitor).place).toBe(2)
    expect(names()).toEqual(['Ben', 'Ana'])
  })

  it('is lost when they were turned away', () => {
    const { rooms, wait, names } = openRooms()
    const ana = wait('Ana')
    wait('Ben')
    rooms.deny(meetingId, [ana.id])
    wait('Ana', ana.visitor)
    expect(names()).toEqual(['Ben', 'Ana'])
  })
})

describe('letting in', () => {
  it('gives each a ticket of their own, says who it was, and passes over who is gone', () => {
    const { rooms, wait, names } = openRooms()
    const [ana, ben, cy] = [wait('Ana'), wait('Ben'), wait('Cy')]
    rooms.gone(ana, { mayReturn: true })
    expect(rooms.admit(meetingId, [cy.id, ana.id, ben.id])).toEqual(['Ben', 'Cy'])
    expect(names()).toEqual([])
    for (const { told, visitor } of [ben, cy]) {
      expect(told.slice(-2)).toEqual([['waiting.admitted', { ticket: expect.any(String) }], ['closed']])
      const [, admitted] = told.at(-2) ?? []
      const { ticket } = admitted as { ticket: string }
      expect(rooms.isGood(ticket, meetingId, visitor.person.key)).toBe(true)
    }
    expect(ben.told.at(-2)).not.toEqual(cy.told.at(-2))
    expect(rooms.admit(meetingId, [ben.id])).toEqual([])
  })

  it('moves those up who stay', () => {
    const { rooms, wait, names } = openRooms()
    const [ana, ben, cy] = [wait('Ana'), wait('Ben'), wait('Cy')]
    rooms.admit(meetingId, [ana.id])
    expect(names()).toEqual(['Ben', 'Cy'])
    expect(ben.told).toEqual([['waiting.placeChanged', { place: 1 }]])
    expect(cy.told).toEqual([['waiting.placeChanged', { place: 2 }]])
  })

  it('happens by itself for those who need not wait any more', () => {
    const { rooms, wait, names } = openRooms()
    const guest = wait('Guest')
    const member = wait('Member', createVisitor({ meetingId, person: { role: 'participant' } }))
    const doubtful = wait(
      'Doubtful',
      createVisitor({ meetingId, person: { role: 'participant' }, wasRemoved: true }),
    )
    rooms.settingsChanged(meetingId, { ...SETTINGS, waitingRoom: 'guests' })
    expect(names()).toEqual(['Guest', 'Doubtful'])
    expect(member.told.at(-2)?.[0]).toBe('waiting.admitted')
    rooms.settingsChanged(meetingId, { ...SETTINGS, waitingRoom: 'nobody' })
    expect(names()).toEqual(['Doubtful'])
    expect(guest.told.at(-2)?.[0]).toBe('waiting.admitted')
    expect(doubtful.told.map(([name]) => name)).not.toContain('waiting.admitted')
  })
})

describe('turning away', () => {
  it('tells those whom it means, and ends their line', () => {
    const { rooms, wait, names } = openRooms()
    const [ana, ben] = [wait('Ana'), wait('Ben')]
    expect(rooms.deny(meetingId, [ana.id])).toEqual(['Ana'])
    expect(ana.told).toEqual([['waiting.denied', { reason: 'denied' }], ['closed']])
    expect(ben.told).toEqual([['waiting.placeChanged', { place: 1 }]])
    expect(names()).toEqual(['Ben'])
  })

  it('happens to everyone in this meeting when its call is over', () => {
    const { rooms, wait, names } = openRooms()
    const [ana, ben] = [wait('Ana'), wait('Ben')]
    const other = wait('Other', createVisitor())
    rooms.end(meetingId)
    for (const { told } of [ana, ben])
      expect(told).toEqual([['waiting.denied', { reason: 'ended' }], ['closed']])
    expect(names()).toEqual([])
    expect(names(other.visitor.meeting.id)).toEqual(['Other'])
  })
})

it('brings a line from the host to those whom it is for', () => {
  const { rooms, wait } = openRooms()
  const [ana, ben, other] = [wait('Ana'), wait('Ben'), wait('Other', createVisitor())]
  rooms.message(meetingId, [ana.id, other.id], 'Two minutes')
  expect(ana.told).toEqual([['waiting.messageReceived', { text: 'Two minutes' }]])
  expect([ben.told, other.told]).toEqual([[], []])
})

describe('a ticket', () => {
  it('is good for one person, in one meeting, for a minute', () => {
    const { rooms, clock } = openRooms()
    const visitor = createVisitor({ meetingId })
    const ticket = rooms.issueTicket(visitor)
    const isGood = () => rooms.isGood(ticket, meetingId, visitor.person.key)
    expect(isGood()).toBe(true)
    expect(rooms.isGood(ticket, meetingId, 'guest:somebody-else')).toBe(false)
    expect(rooms.isGood(ticket, MeetingId.parse(randomUUID()), visitor.person.key)).toBe(false)
    expect(rooms.isGood('made up', meetingId, visitor.person.key)).toBe(false)
    clock.now += 59_999
    expect(isGood()).toBe(true)
    clock.now += 1
    expect(isGood()).toBe(false)
  })

  it('is torn when it was used', () => {
    const { rooms } = openRooms()
    const visitor = createVisitor({ meetingId })
    const [used, other] = [rooms.issueTicket(visitor), rooms.issueTicket(visitor)]
    rooms.tear(used)
    expect(rooms.isGood(used, meetingId, visitor.person.key)).toBe(false)
    expect(rooms.isGood(other, meetingId, visitor.person.key)).toBe(true)
  })
})

it('forgets all tickets of a person whom they shall not bring back', () => {
  const { rooms } = openRooms()
  const [ana, ben] = [createVisitor({ meetingId }), createVisitor({ meetingId })]
  const elsewhere = { ...ana, meeting: createVisitor().meeting }
  const tickets = [ana, ana, ben, elsewhere].map((visitor) => ({
    ticket: rooms.issueTicket(visitor),
    visitor,
  }))
  rooms.tearAllOf(meetingId, ana.person.key)
  expect(
    tickets.map(({ ticket, visitor }) => rooms.isGood(ticket, visitor.meeting.id, visitor.person.key)),
  ).toEqual([false, false, true, true])
})

describe('a waiting room that fills up', () => {
  const full = expect.objectContaining({ code: 'rate_limited' })

  it('takes 500 people, and those again who are in it', () => {
    const { wait, names } = openRooms()
    const first = wait('First')
    for (let n = 2; n <= 500; n++) wait(`${n}`, undefined, `network ${n % 5}`)
    expect(() => wait('One too many', undefined, '198.51.100.4')).toThrow(full)
    expect(wait('First again', first.visitor).place).toBe(1)
    expect(names()).toHaveLength(500)
    expect(wait('Elsewhere', createVisitor()).place).toBe(1)
  })

  it('leaves room for those from elsewhere', () => {
    const { wait } = openRooms()
    for (let n = 1; n <= 100; n++) wait(`${n}`)
    expect(() => wait('One too many')).toThrow(full)
    expect(wait('From elsewhere', undefined, '198.51.100.4').place).toBe(101)
  })

  it('bounds the people from one network before all meetings', () => {
    const { wait } = openRooms()
    for (let n = 1; n <= 200; n++) wait(`${n}`, createVisitor())
    expect(() => wait('One too many', createVisitor())).toThrow(full)
    expect(wait('From elsewhere', createVisitor(), '198.51.100.4').place).toBe(1)
  })

  it('takes five people from one network whose password nobody checked', () => {
    const { wait } = openRooms()
    const unchecked = () => createVisitor({ meetingId, passwordUnchecked: true })
    for (let n = 1; n <= 5; n++) wait(`${n}`, unchecked())
    expect(() => wait('One too many', unchecked())).toThrow(full)
    expect(wait('From elsewhere', unchecked(), '198.51.100.4').place).toBe(6)
    expect(wait('With the password').place).toBe(7)
  })
})

describe('who has to wait', () => {
  const SETTINGS_OF_ROOM = ['nobody', 'guests', 'not_invited', 'everyone'] as const
  /** In the order of the settings above, w for waiting. */
  const WAITS = {
    host: '- - - -',
    moderator: '- - - -',
    presenter: '- - w w',
    participant: '- - w w',
    guest: '- w w w',
    observer: '- - w w',
  } as const satisfies Record<RoomRole, string>
  const roles = Object.entries(WAITS) as [RoomRole, string][]
  const waits = (role: RoomRole, change: Partial<Visitor> = {}) => {
    const visitor = { ...createVisitor({ person: { role } }), ...change }
    return SETTINGS_OF_ROOM.map((setting) => (mustWait(visitor, setting) ? 'w' : '-')).join(' ')
  }

  it.each(roles)('as %s: %s', (role, expected) => {
    expect(waits(role)).toBe(expected)
  })

  it.each(roles)('as invited %s: nobody where it is for those not invited', (role) => {
    expect(waits(role, { isInvited: true }).split(' ')[2]).toBe('-')
  })

  it.each(roles)('as %s: always, when removed before or with a password that was not checked', (role) => {
    expect(waits(role, { wasRemoved: true })).toBe('w w w w')
    expect(waits(role, { passwordUnchecked: true })).toBe('w w w w')
  })
})
