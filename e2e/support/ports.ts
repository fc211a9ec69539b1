import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer } from 'node:net'

/** A port of 127.0.0.1 that is free for TCP and UDP at this moment. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 20; attempt++) {
    const tcp = createServer().listen(0, '127.0.0.1')
    await once(tcp, 'listening')
    const address = tcp.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const free = await isFreeForUdp(port)
    tcp.close()
    await once(tcp, 'close')
    if (free) return port
  }
  throw new Error('Found no port that is free for both TCP and UDP.')
}

async function isFreeForUdp(port: number): Promise<boolean> {
  const udp = createSocket('udp4')
  try {
    udp.bind(port, '127.0.0.1')
    await once(udp, 'listening')
    return true
  } catch {
    return false
  } finally {
    udp.close()
  }
}
