/**
 * Proves a worker binary: a WebRTC client completes ICE and DTLS with it on the loopback interface, sends it
 * an encrypted audio stream and gets one back. Starting the worker or creating a transport would not do: a
 * binary whose OpenSSL does not fit its code crashes on the first DTLS record.
 *
 *   node scripts/worker/self-test.ts <mediasoup-worker>
 *
 * It runs in a process of its own (run-self-test.ts), because the client is native code.
 */
import { once } from 'node:events'
import process from 'node:process'
import { createWorker } from 'mediasoup'
import type { types } from 'mediasoup'
import { Audio, cleanup, PeerConnection } from 'node-datachannel'
import type { Track } from 'node-datachannel'

const DEADLINE_MS = 10_000
const PAYLOAD_TYPE = 111
const CLIENT_SSRC = 1001
const LOOPBACK = '127.0.0.1'

const opus: types.RtpCodecCapability = {
  kind: 'audio',
  mimeType: 'audio/opus',
  clockRate: 48_000,
  channels: 2,
  preferredPayloadType: PAYLOAD_TYPE,
}

function offerOf(transport: types.WebRtcTransport, serverSsrc: number): string {
  const { iceParameters, iceCandidates, dtlsParameters } = transport
  const fingerprint = dtlsParameters.fingerprints.find(({ algorithm }) => algorithm === 'sha-256')
  const media = (mid: number, direction: string, more: string[]): string[] => [
    `m=audio 9 UDP/TLS/RTP/SAVPF ${PAYLOAD_TYPE}`,
    `c=IN IP4 ${LOOPBACK}`,
    `a=mid:${mid}`,
    `a=${direction}`,
    'a=rtcp-mux',
    `a=ice-ufrag:${iceParameters.usernameFragment}`,
    `a=ice-pwd:${iceParameters.password}`,
    `a=fingerprint:sha-256 ${fingerprint?.value ?? ''}`,
    'a=setup:actpass',
    `a=rtpmap:${PAYLOAD_TYPE} opus/48000/2`,
    ...more,
  ]
  const candidates = iceCandidates
    .filter(({ protocol }) => protocol === 'udp')
    .map((one) => `a=candidate:${one.foundation} 1 udp ${one.priority} ${one.address} ${one.port} typ host`)
  const lines = [
    'v=0',
    `o=- 1 1 IN IP4 ${LOOPBACK}`,
    's=-',
    't=0 0',
    'a=ice-lite',
    'a=group:BUNDLE 0 1',
    ...media(0, 'recvonly', [...candidates, 'a=end-of-candidates']),
    ...media(1, 'sendonly', [`a=ssrc:${serverSsrc} cname:worker`]),
  ]
  return `${lines.join('\r\n')}\r\n`
}

const fingerprintOf = (sdp: string): string => /^a=fingerprint:sha-256 (\S+)/im.exec(sdp)?.[1] ?? ''

/** A silent Opus frame in an RTP packet. */
function rtpPacket(sequence: number): Buffer {
  const packet = Buffer.alloc(15)
  packet[0] = 0x80
  packet[1] = PAYLOAD_TYPE
  packet.writeUInt16BE(sequence, 2)
  packet.writeUInt32BE(sequence * 960, 4)
  packet.writeUInt32BE(CLIENT_SSRC, 8)
  packet.set([0xf8, 0xff, 0xfe], 12)
  return packet
}

/** A promise of the first call of a callback; most of libdatachannel's events come that way. */
function firstCall<T>(subscribe: (callback: (value: T) => void) => void): Promise<T> {
  return new Promise((resolve) => subscribe(resolve))
}

async function dtlsConnected(transport: types.WebRtcTransport): Promise<void> {
  while (transport.dtlsState !== 'connected') {
    if (transport.dtlsState === 'failed' || transport.dtlsState === 'closed') {
      throw new Error(`DTLS ${transport.dtlsState}`)
    }
    await once(transport, 'dtlsstatechange')
  }
}

/** Sends audio until a packet comes back; the worker forwards it encrypted with the other direction's keys. */
async function audioReturns(sender: Track, receiver: Track): Promise<void> {
  let sequence = 1
  const ticker = setInterval(() => sender.sendMessageBinary(rtpPacket(sequence++)), 20)
  try {
    await firstCall<Buffer>((callback) => receiver.onMessage(callback))
  } finally {
    clearInterval(ticker)
  }
}

async function exercise(worker: types.Worker, client: PeerConnection): Promise<void> {
  const router = await worker.createRouter({ mediaCodecs: [opus] })
  const transport = await router.createWebRtcTransport({ listenInfos: [{ protocol: 'udp', ip: LOOPBACK }] })
  const producer = await transport.produce({
    kind: 'audio',
    rtpParameters: {
      mid: '0',
      codecs: [{ mimeType: 'audio/opus', payloadType: PAYLOAD_TYPE, clockRate: 48_000, channels: 2 }],
      encodings: [{ ssrc: CLIENT_SSRC }],
    },
  })
  const consumer = await transport.consume({
    producerId: producer.id,
    rtpCapabilities: router.rtpCapabilities,
  })
  const serverSsrc = consumer.rtpParameters.encodings?.[0]?.ssrc ?? 0

  const sending = new Audio('0', 'SendOnly')
  sending.addOpusCodec(PAYLOAD_TYPE)
  sending.addSSRC(CLIENT_SSRC, 'client')
  const receiving = new Audio('1', 'RecvOnly')
  receiving.addOpusCodec(PAYLOAD_TYPE)
  const sender = client.addTrack(sending)
  const receiver = client.addTrack(receiving)

  const answered = firstCall<string>((callback) => client.onLocalDescription(callback))
  client.setRemoteDescription(offerOf(transport, serverSsrc), 'offer')
  const fingerprints = [{ algorithm: 'sha-256' as const, value: fingerprintOf(await answered) }]
  await transport.connect({ dtlsParameters: { role: 'client', fingerprints } })
  await dtlsConnected(transport)
  await audioReturns(sender, receiver)
}

async function selfTest(workerBin: string): Promise<void> {
  const worker = await createWorker({ workerBin, logLevel: 'error' })
  const died = new Promise<never>((_resolve, reject) => worker.on('died', reject))
  const late = new Promise<never>((_resolve, reject) =>
    setTimeout(() => reject(new Error(`no media within ${DEADLINE_MS / 1000} s`)), DEADLINE_MS),
  )
  const client = new PeerConnection('self-test', {
    iceServers: [],
    bindAddress: LOOPBACK,
  })
  await Promise.race([exercise(worker, client), died, late])
  client.close()
  worker.close()
}

try {
  await selfTest(process.argv[2] ?? '')
  cleanup()
  process.exit(0)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
