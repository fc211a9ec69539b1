import { randomInt } from 'node:crypto'
import { OPUS, VP8 } from './sdp.ts'

/** Between two ticks of a scripted source, in ms. */
export const TICK_MS = 20

/** RTP packets that stand for a microphone or a camera. */
export interface ScriptedSource {
  /** One for each layer that is sent. */
  readonly ssrcs: readonly number[]
  /** What goes out at this tick, RTCP among it. */
  packetsAt(tick: number): readonly Buffer[]
}

export interface RtpFields {
  readonly payloadType: number
  readonly sequence: number
  readonly timestamp: number
  readonly ssrc: number
  readonly marker?: boolean
}

export function newSsrc(): number {
  return randomInt(1, 2 ** 31)
}

/** A voice without pauses: 50 packets a second. */
export function steadyMicrophone(ssrc = newSsrc()): ScriptedSource {
  return {
    ssrcs: [ssrc],
    packetsAt: (tick) => [opusPacket(ssrc, tick)],
  }
}

/** Key frames of one packet, 50 a second: the SFU forwards from a key frame on only. */
export function steadyCamera(ssrc = newSsrc()): ScriptedSource {
  const descriptor = Buffer.from([0x10])
  return {
    ssrcs: [ssrc],
    packetsAt: (tick) => {
      const header = rtpHeader({ payloadType: VP8, sequence: tick, timestamp: tick * 1800, ssrc })
      return [Buffer.concat([header, descriptor, VP8_KEY_FRAME, Buffer.alloc(400, tick & 0xff)])]
    },
  }
}

/** How the first packet of a VP8 key frame begins. */
export const VP8_KEY_FRAME = Buffer.from([0x10, 0x02, 0x00, 0x9d, 0x01, 0x2a, 0x40, 0x01, 0xf0, 0x00])

export function opusPacket(ssrc: number, sequence: number): Buffer {
  const header = rtpHeader({ payloadType: OPUS, sequence, timestamp: sequence * 960, ssrc, marker: true })
  return Buffer.concat([header, Buffer.from([0x78, ...Array<number>(60).fill(sequence & 0xff)])])
}

export function rtpHeader({ payloadType, sequence, timestamp, ssrc, marker = true }: RtpFields): Buffer {
  const header = Buffer.alloc(12)
  header[0] = 0x80
  header[1] = (marker ? 0x80 : 0) | payloadType
  header.writeUInt16BE(sequence & 0xffff, 2)
  header.writeUInt32BE(timestamp >>> 0, 4)
  header.writeUInt32BE(ssrc, 8)
  return header
}
