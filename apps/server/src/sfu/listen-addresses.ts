import { networkInterfaces } from 'node:os'
import type { types } from 'mediasoup'

export interface ListenOptions {
  /** Address to listen on; all addresses of this machine when absent. */
  readonly listenIp?: string | undefined
  /** Address that clients are told instead of the one listened on. */
  readonly announcedAddress?: string | undefined
  readonly port: number
}

const ANY_ADDRESS = '0.0.0.0'

/**
 * Where a worker listens, UDP before TCP on the same port. Without any setting, that is each IPv4 address of this
 * machine: a socket on "any address" would have no address to tell the clients.
 */
export function listenInfos(options: ListenOptions): types.TransportListenInfo[] {
  const { announcedAddress, port } = options
  const listenIp = options.listenIp ?? (announcedAddress === undefined ? undefined : ANY_ADDRESS)
  const wanted = listenIp === undefined || (listenIp === ANY_ADDRESS && announcedAddress === undefined)
  const ips = wanted ? ownAddresses() : [listenIp]
  return ips.flatMap((ip) =>
    (['udp', 'tcp'] as const).map((protocol) => ({
      protocol,
      ip,
      port,
      ...(announcedAddress === undefined ? {} : { announcedAddress }),
    })),
  )
}

/** IPv4 addresses of this machine, those that others can reach first. */
function ownAddresses(): string[] {
  const addresses = Object.values(networkInterfaces())
    .flatMap((entries) => entries ?? [])
    .filter((entry) => entry.family === 'IPv4')
  const reachable = addresses.filter((entry) => !entry.internal).map((entry) => entry.address)
  return [...reachable, '127.0.0.1']
}
