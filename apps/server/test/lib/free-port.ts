import { randomInt } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer } from 'node:net'

/** Below the ports that systems give to outgoing connections, one of which may take a port between this and its use. */
const LOWEST = 20_000
const HIGHEST = 32_000

/** A port of 127.0.0.1 that is free for TCP and UDP at this moment, and likely to remain so. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = randomInt(LOWEST, HIGHEST)
    if ((await isFreeForTcp(port)) && (await isFreeForUdp(port))) return port
  }
  throw new Error('Found no port that is free for both TCP and UDP.')
}

async function isFreeForTcp(port: number): Promise<boolean> {
  const tcp = createServer()
  try {
    await once(tcp.listen(port, '127.0.0.1'), 'listening')
  } catch {
    return false
  }
  tcp.close()
  await once(tcp, 'close')
  return true
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
