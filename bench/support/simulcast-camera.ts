import {
  newSsrc,
  rtpHeader,
  type ScriptedSource,
  VP8_KEY_FRAME,
} from '../../apps/server/test/lib/scripted-sources.ts'
import { VP8 } from '../../apps/server/test/lib/sdp.ts'

/** What our client sends of a camera: 150, 450 and 1500 kbit/s at 25 pictures a second. */
const LAYERS = [
  { packets: 1, bytes: 750 },
  { packets: 2, bytes: 1125 },
  { packets: 7, bytes: 1071 },
] as const
const TICKS_PER_PICTURE = 2
const TICKS_PER_SECOND = 50
const PICTURES_PER_KEY_FRAME = 25
const RTP_CLOCK_PER_TICK = 1800

/** Packets of a layer in a second. */
export function packetRateOf(layer: number): number {
  return ((LAYERS[layer]?.packets ?? 0) * TICKS_PER_SECOND) / TICKS_PER_PICTURE
}

/** A camera in three sizes, with the sender reports that an SFU needs to change from one to another. */
export class SimulcastCamera implements ScriptedSource {
  readonly ssrcs = LAYERS.map(() => newSsrc())
  readonly #sequences = LAYERS.map(() => 0)
  readonly #startedAt = Date.now()
  /** The largest layer that is sent; -1 for nothing. */
  top = LAYERS.length - 1

  packetsAt(tick: number): readonly Buffer[] {
    return this.ssrcs
      .slice(0, this.top + 1)
      .flatMap((ssrc, layer) => [
        ...(tick % TICKS_PER_SECOND === 1 ? [this.#report(ssrc, tick)] : []),
        ...(tick % TICKS_PER_PICTURE === 0 ? this.#picture(layer, tick) : []),
      ])
  }

  #picture(layer: number, tick: number): Buffer[] {
    const { packets, bytes } = LAYERS[layer] ?? LAYERS[0]
    const isKey = (tick / TICKS_PER_PICTURE) % PICTURES_PER_KEY_FRAME === 0
    return Array.from({ length: packets }, (_, n) => {
      const sequence = (this.#sequences[layer] ?? 0) + 1
      this.#sequences[layer] = sequence
      const header = rtpHeader({
        payloadType: VP8,
        sequence,
        timestamp: tick * RTP_CLOCK_PER_TICK,
        ssrc: this.ssrcs[layer] ?? 0,
        marker: n === packets - 1,
      })
      const start = Buffer.from(VP8_KEY_FRAME)
      // The lowest bit says that it needs the picture before it.
      if (!isKey) start[0] = 0x11
      return n === 0
        ? Buffer.concat([header, Buffer.from([0x10]), start, Buffer.alloc(bytes - 11, tick & 0xff)])
        : Buffer.concat([header, Buffer.from([0x00]), Buffer.alloc(bytes - 1, tick & 0xff)])
    })
  }

  #report(ssrc: number, tick: number): Buffer {
    const SECONDS_1900_TO_1970 = 2_208_988_800
    const at = (this.#startedAt + tick * 20) / 1000
    const report = Buffer.alloc(28)
    report.writeUInt32BE(0x80c80006, 0)
    report.writeUInt32BE(ssrc, 4)
    report.writeUInt32BE(Math.floor(at) + SECONDS_1900_TO_1970, 8)
    report.writeUInt32BE(Math.floor((at % 1) * 2 ** 32), 12)
    report.writeUInt32BE((tick * RTP_CLOCK_PER_TICK) >>> 0, 16)
    return report
  }
}
