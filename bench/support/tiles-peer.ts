import type { MeetingCode } from '@video-meet/protocol'
import type { ScriptedPeer } from '../../apps/server/test/lib/scripted-peer.ts'
import {
  newSsrc,
  opusPacket,
  type ScriptedSource,
  TICK_MS,
} from '../../apps/server/test/lib/scripted-sources.ts'
import { SimulcastCamera } from './simulcast-camera.ts'

/** Of somebody silent, Opus sends a packet in 400 ms. */
const TICKS_OF_SILENCE = 20

/** Packets of sound in a second. */
export const SECOND_OF_VOICE = { talking: 1000 / TICK_MS, silent: 1000 / TICK_MS / TICKS_OF_SILENCE }

/** Somebody in a room of tiles, who sends of their camera what the server says is of use, as our client does. */
export class TilesPeer {
  readonly peer: ScriptedPeer
  readonly #camera = new SimulcastCamera()
  readonly #microphone: ScriptedSource
  /** So often it has sent; timers are late where there is much to do. */
  ticks = 0

  constructor(peer: ScriptedPeer, talks: boolean) {
    this.peer = peer
    this.#microphone = microphone(talks, () => (this.ticks += 1))
    peer.socket.on('notification', () => {
      const [newest] = peer.notifications('sfu.layerWanted').slice(-1)
      if (newest?.source === 'camera') this.#camera.top = newest.spatialLayer ?? -1
    })
  }

  async join(code: MeetingCode, name: string): Promise<void> {
    await this.peer.join({ code, name })
    await this.peer.publish(this.peer.joined.media, { microphone: this.#microphone, camera: this.#camera })
  }

  close(): void {
    this.peer.close()
  }
}

function microphone(talks: boolean, onTick: () => void): ScriptedSource {
  const ssrc = newSsrc()
  let sequence = 0
  return {
    ssrcs: [ssrc],
    packetsAt: (tick) => {
      onTick()
      if (!talks && tick % TICKS_OF_SILENCE !== 0) return []
      sequence += 1
      return [opusPacket(ssrc, sequence)]
    },
  }
}
