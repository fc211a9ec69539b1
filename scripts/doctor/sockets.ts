import dgram from 'node:dgram'
import { once } from 'node:events'
import net from 'node:net'

export type Protocol = 'udp' | 'tcp'
export type Endpoint = { readonly protocol: Protocol; readonly address: string; readonly port: number }

const ARRIVAL_MS = 2000

/** Opens the endpoint, hands it to `use`, closes it. Rejects with the system's error where it cannot be opened. */
async function withUdp<T>(
  { address, port }: Endpoint,
  use: (socket: dgram.Socket) => Promise<T>,
): Promise<T> {
  const socket = dgram.createSocket(net.isIPv6(address) ? 'udp6' : 'udp4')
  try {
    socket.bind({ address, port, exclusive: true })
    await once(socket, 'listening')
    return await use(socket)
  } finally {
    socket.close()
  }
}

async function withTcp<T>({ address, port }: Endpoint, use: (server: net.Server) => Promise<T>): Promise<T> {
  const server = net.createServer((socket) => socket.on('error', () => socket.destroy()))
  try {
    server.listen({ host: address, port, exclusive: true })
    await once(server, 'listening')
    return await use(server)
  } finally {
    server.close()
  }
}

const nothing = (): Promise<void> => Promise.resolve()

/** Why the endpoint cannot be opened (EADDRINUSE, EACCES, …); undefined if it can. */
export async function whyClosed(endpoint: Endpoint): Promise<string | undefined> {
  try {
    await (endpoint.protocol === 'udp' ? withUdp(endpoint, nothing) : withTcp(endpoint, nothing))
    return undefined
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error)
  }
}

/** Whether a TCP connection to the address comes about. */
export async function accepts(address: string, port: number): Promise<boolean> {
  const socket = net.connect({ host: address, port })
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(ARRIVAL_MS) })
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

async function udpArrives(endpoint: Endpoint, announced: string): Promise<boolean> {
  return withUdp(endpoint, async (receiver) => {
    const sender = dgram.createSocket(receiver.address().family === 'IPv6' ? 'udp6' : 'udp4')
    try {
      const arrival = once(receiver, 'message', { signal: AbortSignal.timeout(ARRIVAL_MS) })
      sender.send('video-meet doctor', endpoint.port, announced, (error) => {
        if (error) receiver.emit('error', error)
      })
      await arrival
      return true
    } catch {
      return false
    } finally {
      sender.close()
    }
  })
}

/** Whether what is sent to `announced` at the endpoint's port arrives at the endpoint. */
export async function arrives(endpoint: Endpoint, announced: string): Promise<boolean> {
  if (endpoint.protocol === 'udp') return udpArrives(endpoint, announced)
  return withTcp(endpoint, () => accepts(announced, endpoint.port))
}
