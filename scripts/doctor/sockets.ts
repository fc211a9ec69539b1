import dgram from 'node:dgram'
import { once } from 'node:events'
import net from 'node:net'
import { type Endpoint, withTcp, withUdp } from '../../apps/server/src/platform/endpoint.ts'

const ARRIVAL_MS = 2000

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
