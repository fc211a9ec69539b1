import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import { connect, type Socket } from 'node:net'

/**
 * The cable through which one person's browser reaches the server, as an HTTP proxy. Playwright's `setOffline` alone
 * leaves open WebSockets as they are; a pulled cable cuts them. Media goes by UDP and past it.
 */
export class Cable {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  #pulled = false

  private constructor(server: Server) {
    this.#server = server
    server.on('connection', (socket: Socket) => this.#admit(socket))
    server.on('request', forward)
    server.on('connect', (asked: IncomingMessage, socket: Socket) => this.#tunnel(asked, socket))
  }

  static async lay(): Promise<Cable> {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    return new Cable(server)
  }

  /** What the browser is given as its proxy. */
  get proxy(): string {
    const address = this.#server.address()
    return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
  }

  pull(): void {
    this.#pulled = true
    for (const socket of this.#sockets) socket.destroy()
  }

  plugIn(): void {
    this.#pulled = false
  }

  async close(): Promise<void> {
    this.pull()
    this.#server.close()
    await once(this.#server, 'close')
  }

  #admit(socket: Socket): void {
    if (this.#pulled) socket.destroy()
    this.#sockets.add(socket)
    socket.on('close', () => this.#sockets.delete(socket))
    socket.on('error', () => socket.destroy())
  }

  /** How browsers send WebSockets through a proxy. */
  #tunnel({ url = '' }: IncomingMessage, near: Socket): void {
    const { hostname, port } = new URL(`http://${url}`)
    const far = connect({ host: hostname, port: Number(port) }, () => {
      near.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      near.pipe(far).pipe(near)
    })
    this.#admit(far)
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
  }
}

function forward(asked: IncomingMessage, response: ServerResponse): void {
  const { hostname, port, pathname, search } = new URL(asked.url ?? '')
  const options = { hostname, port, path: pathname + search, method: asked.method, headers: asked.headers }
  const onward = request(options, (reply) => {
    response.writeHead(reply.statusCode ?? 502, reply.headers)
    reply.pipe(response)
  })
  onward.on('error', () => response.destroy())
  asked.pipe(onward)
}
