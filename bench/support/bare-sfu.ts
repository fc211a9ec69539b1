/*
 * What is left of an SFU when everything is left out: the same worker with the same options, and as many lines around it
 * as it takes to connect everyone with everyone. Understands the requests that a scripted peer makes. Ends with its parent.
 */
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { MEETING_NAMESPACE } from '@video-meet/protocol'
import { createWorker, type types } from 'mediasoup'
import { Server, type Socket } from 'socket.io'
import { ROUTER_CODECS } from '../../apps/server/src/sfu/codecs.ts'
import { toWireTransport } from '../../apps/server/src/sfu/rtp.ts'

type Request = [name: string, input: unknown, requestId: string, reply: (answer: unknown) => void]

interface Person {
  readonly socket: Socket
  readonly send: types.WebRtcTransport
  readonly receive: types.WebRtcTransport
  readonly rtpCapabilities: types.RtpCapabilities
  readonly producers: types.Producer[]
  readonly consumers: Map<string, types.Consumer>
}

const listen = { ip: '127.0.0.1', port: 0 }
const worker = await createWorker({ logLevel: 'error' })
const webRtcServer = await worker.createWebRtcServer({
  listenInfos: [
    { ...listen, protocol: 'udp' },
    { ...listen, protocol: 'tcp' },
  ],
})
const router = await worker.createRouter({ mediaCodecs: ROUTER_CODECS })
const people = new Map<string, Person>()

async function consume(person: Person, owner: Person, producer: types.Producer): Promise<void> {
  const { rtpCapabilities } = person
  const consumer = await person.receive.consume({
    producerId: producer.id,
    rtpCapabilities,
    paused: true,
    enableRtx: true,
  })
  person.consumers.set(consumer.id, consumer)
  person.socket.emit('notification', 'sfu.consumerOpened', {
    id: consumer.id,
    producerId: producer.id,
    participantId: owner.socket.id,
    source: producer.kind === 'audio' ? 'microphone' : 'camera',
    kind: consumer.kind,
    rtpParameters: consumer.rtpParameters,
  })
}

const requests: Record<string, (socket: Socket, input: never) => Promise<unknown>> = {
  'room.join': async (socket, { rtpCapabilities }: { rtpCapabilities: types.RtpCapabilities }) => {
    const options = { webRtcServer, preferUdp: true, enableSctp: false }
    const send = await router.createWebRtcTransport(options)
    const receive = await router.createWebRtcTransport(options)
    const person = { socket, send, receive, rtpCapabilities, producers: [], consumers: new Map() }
    people.set(socket.id, person)
    for (const other of people.values())
      for (const producer of other.producers) await consume(person, other, producer)
    const media = { sendTransport: toWireTransport(send), receiveTransport: toWireTransport(receive) }
    return { participantId: socket.id, media: { id: randomUUID(), ...media, consumers: [] } }
  },
  'sfu.connectTransport': async (
    socket,
    input: { transportId: string; dtlsParameters: types.DtlsParameters },
  ) => {
    const { send, receive } = personOf(socket)
    const transport = input.transportId === send.id ? send : receive
    await transport.connect({ dtlsParameters: input.dtlsParameters })
    return {}
  },
  'sfu.produce': async (socket, input: { source: string; rtpParameters: types.RtpParameters }) => {
    const person = personOf(socket)
    const kind = input.source === 'microphone' ? 'audio' : 'video'
    const producer = await person.send.produce({ kind, rtpParameters: input.rtpParameters })
    person.producers.push(producer)
    for (const other of people.values()) if (other !== person) await consume(other, person, producer)
    return { producerId: producer.id }
  },
  'sfu.resumeConsumers': async (socket, { consumerIds }: { consumerIds: string[] }) => {
    const { consumers } = personOf(socket)
    for (const id of consumerIds) await consumers.get(id)?.resume()
    return {}
  },
}

function personOf(socket: Socket): Person {
  const person = people.get(socket.id)
  if (!person) throw new Error('not joined')
  return person
}

const http = createServer()
const io = new Server(http, { transports: ['websocket'] })
io.of(MEETING_NAMESPACE).on('connection', (socket) => {
  socket.on('request', (...[name, input, , reply]: Request) => {
    void requests[name]?.(socket, input as never).then((data) => reply({ ok: true, data }))
  })
  socket.on('disconnect', () => {
    people.get(socket.id)?.send.close()
    people.get(socket.id)?.receive.close()
    people.delete(socket.id)
  })
})
http.listen(0, '127.0.0.1', () => {
  const address = http.address()
  if (typeof address === 'object') process.stdout.write(`ready http://127.0.0.1:${address?.port}\n`)
})
process.once('disconnect', () => process.exit(0))
