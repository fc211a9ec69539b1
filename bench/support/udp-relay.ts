import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'

interface Place {
  readonly address: string
  readonly port: number
}

export interface UdpRelayOptions {
  readonly from: Place
  readonly to: Place
  /** In each direction; a function is asked for each client that comes. */
  readonly delayMs: number | (() => number)
}

const BUFFER_BYTES = 4_000_000

/** Passes packets on later, as a long way does: this kernel, like many, cannot do it. */
export async function openUdpRelay({ from, to, delayMs }: UdpRelayOptions): Promise<{ close(): void }> {
  const front = await openSocket(from)
  const behind = new Map<string, { readonly delay: number; readonly back: Promise<Socket> }>()
  const backFor = async (client: Place, delay: number) => {
    const socket = await openSocket({ address: to.address, port: 0 })
    socket.on('message', (packet) => setTimeout(() => front.send(packet, client.port, client.address), delay))
    return socket
  }
  const newWay = (client: Place) => {
    const delay = typeof delayMs === 'number' ? delayMs : delayMs()
    return { delay, back: backFor(client, delay) }
  }
  front.on('message', (packet, { address, port }) => {
    const client = `${address}:${port}`
    const way = behind.get(client) ?? newWay({ address, port })
    behind.set(client, way)
    setTimeout(() => void way.back.then((socket) => socket.send(packet, to.port, to.address)), way.delay)
  })
  return {
    close() {
      front.close()
      for (const { back } of behind.values()) void back.then((socket) => socket.close())
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
