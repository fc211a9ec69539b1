import dgram from 'node:dgram'
import { once } from 'node:events'
import net from 'node:net'

/** An address and port of this machine. */
export interface Endpoint {
  readonly protocol: 'udp' | 'tcp'
  /** IP address or host name. */
  readonly address: string
  readonly port: number
}

/**
 * Opens the endpoint, hands it to `use` and closes it again.
 *
 * @throws the system's error (EADDRINUSE, EACCES, EADDRNOTAVAIL, …) when it can't be opened
 */
export async function withUdp<T>(
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

/** Same as `withUdp`, for a TCP server. */
export async function withTcp<T>(
  { address, port }: Endpoint,
  use: (server: net.Server) => Promise<T>,
): Promise<T> {
  const server = net.createServer((socket) => socket.on('error', () => socket.destroy()))
  try {
    server.listen({ host: address, port, exclusive: true })
    await once(server, 'listening')
    return await use(server)
  } finally {
    server.close()
  }
}

const doNothing = (): Promise<void> => Promise.resolve()

/** Code of the system's error that keeps the endpoint from being opened; undefined if it can be opened. */
export async function findBindError(endpoint: Endpoint): Promise<string | undefined> {
  try {
    await (endpoint.protocol === 'udp' ? withUdp(endpoint, doNothing) : withTcp(endpoint, doNothing))
    return undefined
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error)
  }
}
