import { Audio, PeerConnection, type Track, Video } from 'node-datachannel'
import { isRtcp } from '../../apps/server/test/lib/scripted-peer.ts'
import {
  type ScriptedSource,
  steadyCamera,
  steadyMicrophone,
  TICK_MS,
} from '../../apps/server/test/lib/scripted-sources.ts'
import { OPUS, VP8 } from '../../apps/server/test/lib/sdp.ts'
import type { Janus, Jsep } from './janus.ts'

/** Somebody in a video room of Janus, who sends what a scripted peer sends and counts what comes in. */
export class JanusPeer {
  /** As in a scripted peer. */
  packetsSent = 0
  packetsReceived = 0
  feed = 0
  /** Of what is received. */
  handle = 0
  readonly #janus: Janus
  readonly #room: number
  readonly #connections: PeerConnection[] = []
  readonly #receiving: Track[] = []
  #sending: NodeJS.Timeout | undefined

  constructor(janus: Janus, room: number) {
    this.#janus = janus
    this.#room = room
  }

  async publish(): Promise<void> {
    const handle = await this.#janus.attach()
    const joined = await this.#janus.message(handle, {
      request: 'join',
      ptype: 'publisher',
      room: this.#room,
    })
    this.feed = joined.plugindata?.data.id ?? 0
    const sources = [steadyMicrophone(), steadyCamera()]
    const audio = new Audio('0', 'SendOnly')
    const video = new Video('1', 'SendOnly')
    audio.addOpusCodec(OPUS)
    video.addVP8Codec(VP8)
    for (const [n, media] of [audio, video].entries())
      for (const ssrc of sources[n]?.ssrcs ?? []) media.addSSRC(ssrc, 'scripted')
    const connection = this.#connection()
    const tracks = [connection.addTrack(audio), connection.addTrack(video)]
    connection.setLocalDescription('offer')
    const offer = await described(connection, 'offer')
    const { jsep } = await this.#janus.message(handle, { request: 'configure' }, offer)
    const up = connected(connection)
    connection.setRemoteDescription(jsep?.sdp ?? '', 'answer')
    await up
    let tick = 0
    this.#sending = setInterval(() => {
      tick += 1
      for (const [n, source] of sources.entries()) this.#send(tracks[n], source.packetsAt(tick))
    }, TICK_MS)
  }

  async receive(feeds: readonly number[]): Promise<void> {
    this.handle = await this.#janus.attach()
    const { jsep } = await this.#janus.message(this.handle, {
      request: 'join',
      ptype: 'subscriber',
      room: this.#room,
      streams: feeds.map((feed) => ({ feed })),
    })
    const connection = this.#connection()
    connection.onTrack((track) => {
      this.#receiving.push(track)
      track.onMessage((packet) => {
        if (!isRtcp(packet)) this.packetsReceived += 1
      })
    })
    const up = connected(connection)
    connection.setRemoteDescription(jsep?.sdp ?? '', 'offer')
    connection.setLocalDescription('answer')
    const answer = await described(connection, 'answer')
    await this.#janus.message(this.handle, { request: 'start' }, answer)
    await up
  }

  close(): void {
    clearInterval(this.#sending)
    for (const connection of this.#connections) connection.close()
  }

  #send(track: Track | undefined, packets: ReturnType<ScriptedSource['packetsAt']>): void {
    for (const packet of packets) {
      this.packetsSent += 1
      if (track?.isOpen()) track.sendMessageBinary(packet)
    }
  }

  #connection(): PeerConnection {
    const connection = new PeerConnection('janus', { iceServers: [], disableAutoNegotiation: true })
    this.#connections.push(connection)
    return connection
  }
}

/** The local description, when all candidates are in it. */
function described(connection: PeerConnection, type: Jsep['type']): Promise<Jsep> {
  return new Promise((resolve) => {
    const look = () => {
      if (connection.gatheringState() === 'complete')
        resolve({ type, sdp: connection.localDescription()?.sdp ?? '' })
    }
    connection.onGatheringStateChange(look)
    look()
  })
}

function connected(connection: PeerConnection): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.onStateChange((state) => {
      if (state === 'connected') resolve()
      if (state === 'failed') reject(new Error('DTLS or ICE failed'))
    })
  })
}
