import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'

interface Place {
  readonly address: string
  readonly port: number
}

export interface UdpRelayOptions {
  readonly from: Place
  readonly to: Place
  /** In each direction. */
  readonly delayMs: number
}

const BUFFER_BYTES = 4_000_000

/** Passes packets on later, as a long way does: this kernel, like many, cannot do it. */
export async function openUdpRelay({ from, to, delayMs }: UdpRelayOptions): Promise<{ close(): void }> {
  const front = await openSocket(from)
  const behind = new Map<string, Promise<Socket>>()
  const backFor = async (client: Place) => {
    const socket = await openSocket({ address: to.address, port: 0 })
    socket.on('message', (packet) =>
      setTimeout(() => front.send(packet, client.port, client.address), delayMs),
    )
    return socket
  }
  front.on('message', (packet, { address, port }) => {
    const client = `${address}:${port}`
    const back = behind.get(client) ?? backFor({ address, port })
    behind.set(client, back)
    setTimeout(() => void back.then((socket) => socket.send(packet, to.port, to.address)), delayMs)
  })
  return {
    close() {
      front.close()
      for (const back of behind.values()) void back.then((socket) => socket.close())
    },
  }
}

async function openSocket({ address, port }: Place): Promise<Socket> {
  const socket = createSocket({ type: 'udp4', recvBufferSize: BUFFER_BYTES })
  // What is sent to somebody who has just gone is of no interest.
  socket.on('error', () => undefined)
  socket.bind(port, address)
  await once(socket, 'listening')
  return socket
}
