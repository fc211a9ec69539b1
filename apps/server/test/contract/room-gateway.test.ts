import { randomUUID } from 'node:crypto'
import { FAKE_CODE as code } from '@video-meet/client/testing'
import { MeetingCode } from '@video-meet/protocol'
import { expect, it, onTestFinished, vi } from 'vitest'
import { createLogger } from '../../src/platform/logger.ts'
import { createResumeTokens } from '../../src/room/resume-token.ts'
import { RoomGateway } from '../../src/room/room-gateway.ts'
import { DEFAULT_ROOM_LIMITS } from '../../src/room/room-options.ts'
import { RoomRegistry } from '../../src/room/room-registry.ts'
import { Connection } from '../../src/signaling/connection.ts'
import { admitGuests } from '../lib/admit-guests.ts'
import { FakeRouters } from '../lib/fake-router.ts'
import { createTestFeatures } from '../lib/test-features.ts'
import { testIceServers } from '../lib/test-ice-servers.ts'

const rtpCapabilities = { codecs: [] }

function openGateway() {
  const routers = new FakeRouters()
  const registry = new RoomRegistry({
    routers,
    limits: DEFAULT_ROOM_LIMITS,
    log: createLogger({ level: 'silent' }),
  })
  onTestFinished(() => registry.close())
  registry.equip({ features: createTestFeatures() })
  const tokens = createResumeTokens(new TextEncoder().encode('a-secret-that-is-long-enough-for-tests'))
  const gateway = new RoomGateway({ registry, tokens, door: admitGuests(tokens), iceServers: testIceServers })
  const connect = () => {
    const told: string[] = []
    const connection = new Connection(randomUUID(), {
      address: '',
      send: (name) => told.push(name),
      close: () => undefined,
    })
    const join = (resumeToken?: string) =>
      gateway.join(connection, {
        code,
        name: 'Ana',
        guestToken: 'ana',
        rtpCapabilities,
        ...(resumeToken === undefined ? {} : { resumeToken }),
      })
    return { connection, told, join }
  }
  return { gateway, routers, connect }
}

it('holds a seat through a second loss of the connection, even if nothing was asked since the first', async () => {
  const { gateway, connect } = openGateway()
  const ben = connect()
  await ben.join()
  const first = connect()
  const { resumeToken } = await first.join()
  gateway.seatOf(first.connection)
  first.connection.ended()
  const second = connect()
  await second.join(resumeToken)
  second.connection.ended()
  expect(ben.told).not.toContain('room.participantLeft')
  // The reply to the second join may have been lost: the first token is still good.
  const third = connect()
  await third.join(resumeToken)
  expect(ben.told.filter((name) => name === 'room.participantChanged')).toHaveLength(4)
  expect(ben.told).not.toContain('room.participantLeft')
})

it('leaves nothing behind at a connection that joins and leaves again and again', async () => {
  const warn = vi.spyOn(process, 'emitWarning').mockReturnValue()
  const { gateway, connect } = openGateway()
  const { connection, join } = connect()
  for (let n = 0; n < 12; n++) {
    await join()
    gateway.leave(connection, { mayReturn: false })
  }
  expect(warn).not.toHaveBeenCalled()
})

it('opens no router for someone who left while their media was waiting its turn', async () => {
  const { gateway, routers, connect } = openGateway()
  const { connection, join } = connect()
  await join()
  const { room, peer } = gateway.seatOf(connection)
  const reopened = room.media.reopen(peer, rtpCapabilities)
  gateway.leave(connection, { mayReturn: false })
  await expect(reopened).rejects.toMatchObject({ code: 'not_joined' })
  expect(routers.routers).toHaveLength(1)
})

it('tells those who are in the call, and nobody else, of STUN and TURN servers', async () => {
  const { gateway, connect } = openGateway()
  const { connection, join } = connect()
  expect(() => gateway.iceServersFor(connection)).toThrow('Join the meeting first.')
  const { participantId, iceServers } = await join()
  expect(iceServers).toEqual(testIceServers(participantId))
  expect(iceServers.servers.at(-1)?.username).toContain(participantId)
  expect(gateway.iceServersFor(connection)).toEqual(iceServers)
  gateway.leave(connection, { mayReturn: false })
  expect(() => gateway.iceServersFor(connection)).toThrow('Join the meeting first.')
})

it('keeps the servers from those whom the door refuses', async () => {
  const { gateway, connect } = openGateway()
  const { connection } = connect()
  const join = gateway.join(connection, {
    code: MeetingCode.parse('bbcd-efghjk-mnpq'),
    name: 'Ana',
    rtpCapabilities,
  })
  await expect(join).rejects.toThrow('There is no meeting with this code.')
  expect(() => gateway.iceServersFor(connection)).toThrow('Join the meeting first.')
})
