import { once } from 'node:events'
import { createConnection, createServer, type Socket } from 'node:net'

export interface TcpRelayOptions {
  readonly port: number
  /** In each direction, for connections that begin now. */
  readonly delayMs: () => number
}

export interface TcpRelay {
  readonly port: number
  close(): Promise<void>
}

/** Passes on later what goes over TCP, to a port of this machine, as a long way does; connecting takes its round trip too. */
export async function openTcpRelay({ port, delayMs }: TcpRelayOptions): Promise<TcpRelay> {
  const open = new Set<Socket>()
  const server = createServer({ noDelay: true }, (client) => {
    const behind = createConnection({ host: '127.0.0.1', port, noDelay: true })
    const delay = delayMs()
    // The handshake was answered at once, so what comes first has waited for nothing yet.
    pass(client, behind, { delay, handshake: 2 * delay })
    pass(behind, client, { delay, handshake: 0 })
    for (const socket of [client, behind]) {
      open.add(socket)
      socket.once('close', () => open.delete(socket))
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    async close() {
      server.close()
      for (const socket of open) socket.destroy()
      await once(server, 'close')
    },
  }
}

interface Way {
  readonly delay: number
  readonly handshake: number
}

function pass(from: Socket, to: Socket, { delay, handshake }: Way): void {
  const openAt = performance.now() + handshake
  const later = (act: () => void) => setTimeout(act, Math.max(0, openAt - performance.now()) + delay)
  from.on('data', (chunk) => later(() => !to.destroyed && to.write(chunk)))
  from.on('end', () => later(() => to.end()))
  from.on('error', () => to.destroy())
}
