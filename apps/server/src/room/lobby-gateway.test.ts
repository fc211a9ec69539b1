import { randomUUID } from 'node:crypto'
import { MeetingCode, MeetingId } from '@video-meet/protocol'
import { describe, expect, it, vi } from 'vitest'
import { createVisitor } from '../../test/lib/waiting-line.ts'
import { AppError } from '../platform/errors.ts'
import { Connection, type WaitingMessages } from '../signaling/connection.ts'
import type { Visitor } from './admission.ts'
import { LobbyGateway } from './lobby-gateway.ts'
import { WaitingRooms } from './waiting-rooms.ts'

const meetingId = MeetingId.parse(randomUUID())
const INPUT = { code: MeetingCode.parse('abcd-efghjk-mnpq'), name: 'Ana' } as never

/** A waiting room behind a door that answers with `visitor`. */
function openLobby(change: Partial<Visitor> = {}) {
  const visitor = { ...createVisitor({ meetingId, guestToken: 'guest-1' }), ...change }
  const receive = vi.fn<() => Promise<Visitor>>().mockResolvedValue(visitor)
  const waitingRooms = new WaitingRooms()
  const gateway = new LobbyGateway({ door: { receive }, waitingRooms })
  const connect = () =>
    new Connection<WaitingMessages>(randomUUID(), {
      address: '203.0.113.7',
      send: () => undefined,
      close: () => undefined,
    })
  const waiting = () => waitingRooms.list(meetingId).map(({ name }) => name)
  return { gateway, handlers: gateway.handlers(), waitingRooms, visitor, receive, connect, waiting }
}

const refused = (code: string) => expect.objectContaining({ code }) as unknown

describe('a knock', () => {
  it('leads into the waiting room, with a place and what shows next time who the guest is', async () => {
    const { gateway, handlers, connect, waiting } = openLobby()
    const ana = connect()
    expect(gateway.isWaiting(ana)).toBe(false)
    expect(await handlers['waiting.knock'](ana, INPUT)).toEqual({
      place: 1,
      ticket: null,
      guestToken: 'guest-1',
    })
    expect(gateway.isWaiting(ana)).toBe(true)
    expect(waiting()).toEqual(['Ana'])
  })

  it('gets a ticket at once when there is no need to wait, which opens nothing', async () => {
    const { gateway, handlers, connect, waiting, waitingRooms, visitor } = openLobby({ mustWait: false })
    const ana = connect()
    const { ticket, ...rest } = (await handlers['waiting.knock'](ana, INPUT)) as { ticket: string }
    expect(rest).toEqual({ place: null, guestToken: 'guest-1' })
    expect(ticket).not.toBe('')
    expect(waitingRooms.isGood(ticket, meetingId, visitor.person.key)).toBe(false)
    expect([gateway.isWaiting(ana), waiting()]).toEqual([false, []])
  })

  it('is refused to who waits already, and to whom the door refuses', async () => {
    const { handlers, connect, receive, waiting } = openLobby()
    const ana = connect()
    await handlers['waiting.knock'](ana, INPUT)
    await expect(handlers['waiting.knock'](ana, INPUT)).rejects.toEqual(refused('already_joined'))
    receive.mockRejectedValue(new AppError('banned', 'No.'))
    await expect(handlers['waiting.knock'](connect(), INPUT)).rejects.toEqual(refused('banned'))
    expect(waiting()).toEqual(['Ana'])
  })

  it('of somebody who is gone when the door opens leaves nobody behind', async () => {
    const { handlers, connect, receive, visitor, waiting } = openLobby()
    const opened = Promise.withResolvers<Visitor>()
    receive.mockReturnValue(opened.promise)
    const ana = connect()
    const knocked = handlers['waiting.knock'](ana, INPUT)
    ana.ended()
    opened.resolve(visitor)
    await expect(knocked).rejects.toEqual(refused('conflict'))
    expect(waiting()).toEqual([])
  })

  it('said twice at once lets somebody wait once, for as long as the connection lasts', async () => {
    const { handlers, connect, waiting } = openLobby()
    const ana = connect()
    await Promise.allSettled([handlers['waiting.knock'](ana, INPUT), handlers['waiting.knock'](ana, INPUT)])
    expect(waiting()).toHaveLength(1)
    ana.ended()
    expect(waiting()).toEqual([])
  })
})

describe('whoever waits', () => {
  it('can take another name, knock again and leave', async () => {
    const { handlers, connect, waitingRooms, waiting } = openLobby()
    const ana = connect()
    await handlers['waiting.knock'](ana, INPUT)
    await handlers['waiting.rename'](ana, { name: 'Anna' } as never)
    await handlers['waiting.remind'](ana, {} as never)
    expect(waitingRooms.list(meetingId)).toMatchObject([{ name: 'Anna', reminders: 1 }])
    await handlers['waiting.leave'](ana, {} as never)
    expect(waiting()).toEqual([])
  })

  it('is gone with the connection', async () => {
    const { handlers, connect, waiting } = openLobby()
    const ana = connect()
    await handlers['waiting.knock'](ana, INPUT)
    ana.ended()
    expect(waiting()).toEqual([])
  })

  it('leaves nothing behind by knocking and leaving again and again', async () => {
    const warn = vi.spyOn(process, 'emitWarning').mockReturnValue()
    const { handlers, connect } = openLobby()
    const ana = connect()
    for (let n = 0; n < 12; n++) {
      await handlers['waiting.knock'](ana, INPUT)
      await handlers['waiting.leave'](ana, {} as never)
    }
    expect(warn).not.toHaveBeenCalled()
  })
})

it.each(['waiting.rename', 'waiting.remind', 'waiting.leave'] as const)(
  'refuses %s to who did not knock',
  (name) => {
    const { handlers, connect } = openLobby()
    expect(() => handlers[name](connect(), { name: 'Ana' } as never)).toThrow(
      expect.objectContaining({ code: 'not_joined' }),
    )
  },
)
