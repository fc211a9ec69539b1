import { randomUUID } from 'node:crypto'
import { type Capability, ParticipantId, type TopologyState, type TrackSource } from '@video-meet/protocol'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Peer } from './peer.ts'
import { RoomTopology } from './room-topology.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const CALM_MS = 10_000

/** What the topology looks at of a peer. */
class Person {
  readonly id = ParticipantId.parse(randomUUID())
  readonly stopped = new Set<TrackSource>()
  readonly refused = new Set<Capability>()
  connection: object | null = {}
  client = { canLink: true, isPhone: false }

  may(capability: Capability): boolean {
    return !this.refused.has(capability)
  }
}

function openRoom({ meshMax = 3, serverOnly = false } = {}) {
  const people: Person[] = []
  const told: TopologyState[] = []
  const topology = new RoomTopology({
    peers: () => people as unknown as Peer[],
    rules: () => ({ meshMax, serverOnly }),
    onChanged: (state) => told.push(state),
  })
  const arrive = (change: Partial<Person> = {}) => {
    const person = Object.assign(new Person(), change)
    people.push(person)
    topology.look()
    return person
  }
  const leave = (person: Person) => {
    people.splice(people.indexOf(person), 1)
    topology.look()
  }
  /** All report that they receive everything. */
  const allReady = () => {
    for (const { id } of people) topology.ready(id, topology.state.epoch)
  }
  const report = (person: Person, problem: 'link_failed' | 'limited', other?: Person) =>
    topology.report(person as unknown as Peer, { problem, participantId: other?.id })
  return { topology, told, people, arrive, leave, allReady, report }
}

describe('a call that begins', () => {
  it('is direct between two, when both have shown that they receive the other', () => {
    const { topology, arrive } = openRoom()
    const ana = arrive()
    expect(topology.state).toMatchObject({ mode: 'direct', settled: true })
    const ben = arrive()
    expect(topology.state).toMatchObject({ mode: 'direct', reason: 'few_people', settled: false })
    topology.ready(ana.id, topology.state.epoch)
    expect(topology.state.settled).toBe(false)
    topology.ready(ben.id, topology.state.epoch)
    expect(topology.state.settled).toBe(true)
  })

  it('goes through the server at once with a client that knows nothing else', () => {
    const { topology, arrive } = openRoom()
    arrive({ client: { canLink: false, isPhone: false } })
    expect(topology.state).toMatchObject({ mode: 'sfu', reason: 'no_links', settled: true })
  })

  it('begins anew when everybody had gone', () => {
    const { topology, arrive, leave } = openRoom({ meshMax: 2 })
    const all = [arrive(), arrive(), arrive()]
    expect(topology.state.mode).toBe('sfu')
    for (const person of all) leave(person)
    arrive()
    expect(topology.state).toMatchObject({ mode: 'direct', settled: true })
  })
})

describe('more people', () => {
  it('go over links up to MESH_MAX and then to the server, at once', () => {
    const { topology, arrive, allReady } = openRoom()
    for (let count = 0; count < 3; count += 1) arrive()
    expect(topology.state.mode).toBe('mesh')
    allReady()
    const before = topology.state.epoch
    arrive()
    expect(topology.state).toEqual({
      epoch: before + 1,
      mode: 'sfu',
      reason: 'many_people',
      settled: false,
    })
  })

  it('come back to links ten seconds after the last who was too many has left', () => {
    const { topology, arrive, leave, allReady } = openRoom({ meshMax: 2 })
    arrive()
    arrive()
    const third = arrive()
    allReady()
    leave(third)
    vi.advanceTimersByTime(CALM_MS - 1)
    expect(topology.state.mode).toBe('sfu')
    vi.advanceTimersByTime(1)
    expect(topology.state).toMatchObject({ mode: 'direct', settled: false })
  })

  it('who come and go keep a call from going back and forth', () => {
    const { topology, told, arrive, leave, allReady } = openRoom({ meshMax: 2 })
    arrive()
    arrive()
    let third = arrive()
    allReady()
    const changes = told.length
    for (let times = 0; times < 20; times += 1) {
      leave(third)
      vi.advanceTimersByTime(CALM_MS - 1)
      third = arrive()
    }
    expect(topology.state.mode).toBe('sfu')
    expect(told).toHaveLength(changes)
  })
})

describe('what sends a call to the server', () => {
  it('is a link that fails, which is tried again when some minutes have passed', () => {
    const { topology, arrive, report } = openRoom()
    const [ana, ben] = [arrive(), arrive()]
    report(ana, 'link_failed', ben)
    vi.advanceTimersByTime(5 * 60_000 - 1)
    expect(topology.state.mode).toBe('sfu')
    vi.advanceTimersByTime(1 + CALM_MS)
    expect(topology.state).toMatchObject({ mode: 'direct', settled: false })
  })

  it('is a link that fails, for as long as both are there', () => {
    const { topology, arrive, leave, report } = openRoom()
    const [ana, ben] = [arrive(), arrive()]
    report(ana, 'link_failed', ben)
    expect(topology.state).toMatchObject({ mode: 'sfu', reason: 'link_failed' })
    vi.advanceTimersByTime(10 * CALM_MS)
    expect(topology.state.mode).toBe('sfu')
    leave(ben)
    arrive()
    vi.advanceTimersByTime(CALM_MS)
    expect(topology.state.mode).toBe('direct')
  })

  it('is a sender who has too little to send to each', () => {
    const { topology, arrive, report } = openRoom()
    const ana = arrive()
    arrive()
    arrive()
    report(ana, 'limited')
    expect(topology.state).toMatchObject({ mode: 'sfu', reason: 'limited' })
  })

  it('is a moderator who stops somebody, until they begin again', () => {
    const { topology, arrive, allReady } = openRoom()
    const [ana] = [arrive(), arrive()]
    allReady()
    ana.stopped.add('microphone')
    topology.look()
    expect(topology.state).toMatchObject({ mode: 'sfu', reason: 'moderation' })
    ana.stopped.clear()
    topology.look()
    vi.advanceTimersByTime(CALM_MS)
    expect(topology.state.mode).toBe('direct')
  })

  it.each(['microphone', 'camera'] as const)('is somebody who may not send from the %s', (capability) => {
    const { topology, arrive } = openRoom()
    arrive()
    arrive({ refused: new Set([capability]) })
    expect(topology.state).toMatchObject({ mode: 'sfu', reason: 'receive_only' })
  })
})

describe('a change that does not come about', () => {
  it('to links is given up after ten seconds, and not tried again with them', () => {
    const { topology, arrive } = openRoom()
    const ana = arrive()
    arrive()
    topology.ready(ana.id, topology.state.epoch)
    vi.advanceTimersByTime(CALM_MS)
    expect(topology.state).toMatchObject({ mode: 'sfu', reason: 'link_failed', settled: false })
    vi.advanceTimersByTime(CALM_MS)
    expect(topology.state).toMatchObject({ mode: 'sfu', settled: true })
    vi.advanceTimersByTime(10 * CALM_MS)
    expect(topology.state.mode).toBe('sfu')
  })

  it('is forgotten when it was overtaken by another', () => {
    const { topology, arrive, leave, people } = openRoom({ meshMax: 2 })
    const [ana, ben] = [arrive(), arrive()]
    const old = topology.state.epoch
    const third = arrive()
    for (const { id } of people) topology.ready(id, old)
    expect(topology.state).toMatchObject({ mode: 'sfu', settled: false })
    leave(third)
    for (const { id } of [ana, ben]) topology.ready(id, topology.state.epoch)
    expect(topology.state).toMatchObject({ mode: 'sfu', settled: true })
  })

  it('waits for nobody whose connection is lost, and for all who come back', () => {
    const { topology, arrive } = openRoom()
    const [ana, ben] = [arrive(), arrive()]
    ben.connection = null
    topology.look()
    expect(topology.state.settled).toBe(true)
    ben.connection = {}
    topology.look()
    expect(topology.state.settled).toBe(false)
    topology.ready(ana.id, topology.state.epoch)
    topology.ready(ben.id, topology.state.epoch)
    expect(topology.state.settled).toBe(true)
  })
})

it('has no links in a call that must go through the server', () => {
  const { topology, arrive } = openRoom({ serverOnly: true })
  arrive()
  arrive()
  expect(topology.hasLinks).toBe(false)
  expect(topology.state).toMatchObject({ mode: 'sfu', reason: 'setting' })
})
