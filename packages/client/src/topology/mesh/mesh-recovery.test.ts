import { ParticipantId } from '@video-meet/protocol'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { silentLogger } from '../../core/logger.ts'
import type { SendRequest } from '../../signaling/signaling-client.ts'
import { FakeNetwork } from '../../testing/fake-peer-connection.ts'
import { FakeSignalPath, type PassedSignal } from '../../testing/fake-signal-path.ts'
import { FakeTrack } from '../../testing/fake-track.ts'
import { MeshTopology } from './mesh-topology.ts'

const IDS = ['1', '2', '3'].map((digit) =>
  ParticipantId.parse(`${digit.repeat(8)}-11c0-43da-975e-2a8ad9ebae0b`),
)
const STEPS = 6

const wait = (ms: number) => vi.advanceTimersByTimeAsync(ms)

/** Numbers that look random, the same for the same seed. */
function dice(seed: number): (sides: number) => number {
  let state = (seed + 1) * 2_654_435_761
  return (sides) => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 0x9e3779b9) | 0
    return ((state >>> 8) & 0xffff) % sides
  }
}

/** Three people, of whom each is linked to each, in a bad time. */
class Trouble {
  readonly network = new FakeNetwork()
  readonly failed: ParticipantId[] = []
  readonly meshes = new Map<ParticipantId, MeshTopology>()
  readonly #path = new FakeSignalPath()
  readonly #roll: (sides: number) => number

  constructor(roll: (sides: number) => number) {
    this.#roll = roll
    vi.stubGlobal('RTCPeerConnection', this.network.RTCPeerConnection)
    vi.stubGlobal('RTCRtpReceiver', this.network.RTCRtpReceiver)
    // Sometimes late, but in order: it is one socket.
    const newest = new Map<string, number>()
    this.#path.arrivals = ({ from, to }) => {
      const at = Math.max(Date.now() + 5 + roll(300), newest.get(from + to) ?? 0)
      newest.set(from + to, at)
      return [at - Date.now()]
    }
  }

  open(id: ParticipantId): void {
    const request = (
      _: string,
      input: Omit<PassedSignal, 'from' | 'to'> & { participantId: ParticipantId },
    ) => {
      this.#path.send({ from: id, to: input.participantId, ends: input.ends, signal: input.signal })
      return Promise.resolve({})
    }
    const mesh = new MeshTopology({
      request: request as unknown as SendRequest,
      iceServers: { current: () => [], on: () => () => undefined },
      log: silentLogger,
      onChanged: () => undefined,
      onFailed: (who) => this.failed.push(who),
      isHeard: () => true,
      onSpeakers: () => undefined,
    })
    this.#path.attach(id, ({ from, ends, signal }) => mesh.signalled(from, ends, signal))
    mesh.connect(id, othersOf(id))
    this.meshes.set(id, mesh)
  }

  async reload(id: ParticipantId): Promise<void> {
    this.meshes.get(id)?.close()
    this.#path.attach(id, null)
    await wait(this.#roll(500))
    this.open(id)
    for (const other of othersOf(id)) this.meshes.get(other)?.repair(id)
  }

  async cut(): Promise<void> {
    const connected = this.network.open.filter((pc) => pc.connectionState === 'connected')
    this.network.cut(connected.filter(() => this.#roll(2) === 0))
    await wait(this.#roll(900))
    for (const pc of connected) if (pc.restarts === 0) pc.become('disconnected')
  }

  changeMicrophone(id: ParticipantId): void {
    const settings = this.#roll(2) ? { channelCount: 2, echoCancellation: false } : {}
    this.meshes.get(id)?.publish('microphone', { mediaTrack: new FakeTrack('audio', settings), muted: false })
  }
}

const othersOf = (id: ParticipantId) => IDS.filter((other) => other !== id)

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

it.each(Array.from({ length: 60 }, (_, seed) => seed))(
  'everyone is linked to everyone after pages were opened anew, paths lost and signals late: %i',
  async (seed) => {
    const roll = dice(seed)
    const trouble = new Trouble(roll)
    for (const id of IDS) trouble.open(id)
    for (let step = 0; step < STEPS; step += 1) {
      await wait(roll(2500))
      const id = IDS[roll(IDS.length)] ?? IDS[0]
      if (!id) return
      const what = roll(4)
      if (what === 0) await trouble.reload(id)
      else if (what === 1) await trouble.cut()
      else if (what === 2) trouble.meshes.get(id)?.repair()
      else trouble.changeMicrophone(id)
    }
    await wait(8000)
    const pairs = IDS.flatMap((one) => othersOf(one).map((other) => [one, other] as const))
    const missing = pairs.filter(([one, other]) => !trouble.meshes.get(one)?.isConnectedTo(other))
    const made = trouble.network.connections.length
    await wait(10_000)
    expect([missing, trouble.failed, trouble.network.connections.length - made]).toEqual([[], [], 0])
    for (const mesh of trouble.meshes.values()) mesh.close()
    expect(vi.getTimerCount()).toBe(0)
  },
)
