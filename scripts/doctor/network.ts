import net from 'node:net'
import type { Config } from '../../apps/server/src/config.ts'
import { listenInfos } from '../../apps/server/src/sfu/listen-addresses.ts'
import type { Finding } from './finding.ts'
import { accepts, arrives, whyClosed } from './sockets.ts'
import type { Endpoint } from './sockets.ts'

const ANSWER_MS = 2000

type MediaEndpoint = Endpoint & { readonly announced: string }

/** Where all workers listen, and what clients are told instead. */
function mediaEndpoints({ rtc }: Config): MediaEndpoint[] {
  const ports = Array.from({ length: rtc.workers }, (_, index) => rtc.port + index)
  return ports.flatMap((port) =>
    listenInfos({ ...rtc, port }).map(({ protocol, ip, announcedAddress }) => ({
      protocol,
      address: ip,
      port,
      announced: announcedAddress ?? ip,
    })),
  )
}

const loopbackFor = (host: string): string => (host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host)

/** Whether a Video Meet of this machine answers on the configured port. */
export async function isRunning({ host, port }: Config): Promise<boolean> {
  const address = loopbackFor(host)
  try {
    const url = `http://${net.isIPv6(address) ? `[${address}]` : address}:${port}/api/openapi.json`
    const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS) })
    const description = (await response.json()) as { info?: { title?: string } }
    return description.info?.title?.includes('Video Meet') ?? false
  } catch {
    return false
  }
}

const PORT_PROBLEMS: Record<string, string> = {
  EADDRINUSE: 'in use by another program',
  EACCES: 'needs more rights (ports below 1024 belong to root)',
  EADDRNOTAVAIL: 'on an address that this machine does not have',
}

export async function checkHttpPort(config: Config, running: boolean): Promise<Finding> {
  const { host, port } = config
  const subject = `Port ${port}`
  if (running) return { ok: true, subject, state: 'in use by Video Meet, which is running' }
  const problem = port === 0 ? undefined : await whyClosed({ protocol: 'tcp', address: host, port })
  return {
    ok: problem === undefined,
    subject,
    state: problem === undefined ? `free (web, TCP on ${host})` : (PORT_PROBLEMS[problem] ?? problem),
    remedy: 'Stop that program, or set PORT (and HOST) to something else.',
  }
}

export async function checkMediaPorts(config: Config, running: boolean): Promise<Finding> {
  const { port, workers } = config.rtc
  const subject = workers === 1 ? `Media port ${port}` : `Media ports ${port} to ${port + workers - 1}`
  if (running) return { ok: true, subject, state: 'in use by Video Meet, which is running' }
  const problems: string[] = []
  for (const endpoint of mediaEndpoints(config)) {
    const problem = await whyClosed(endpoint)
    if (problem === undefined) continue
    problems.push(
      `${endpoint.protocol} ${endpoint.address}:${endpoint.port} ${PORT_PROBLEMS[problem] ?? problem}`,
    )
  }
  return {
    ok: problems.length === 0,
    subject,
    state: problems.length === 0 ? 'free (UDP and TCP)' : problems.join('; '),
    remedy: 'Stop that program, or set RTC_PORT, RTC_WORKERS or RTC_LISTEN_IP to something else.',
  }
}

/** Whether an endpoint is reached by its announced address. The running server holds UDP, so only TCP is tried then. */
function isReached(endpoint: MediaEndpoint, running: boolean): Promise<boolean> {
  if (running) return accepts(endpoint.announced, endpoint.port)
  return arrives(endpoint, endpoint.announced).catch(() => false)
}

function describeReach(announced: readonly string[], running: boolean): string {
  const tried = running ? 'TCP (the running server has the UDP ports)' : 'UDP and TCP'
  const others = announced.filter((address) => !address.startsWith('127.'))
  if (others.length === 0) return `only this machine (${announced.join(', ')}): nobody else can join`
  return `${others.join(', ')} by ${tried}, tried from this machine`
}

/** Sends to the addresses that clients are told, and sees whether it comes in. */
export async function checkAnnounced(config: Config, running: boolean): Promise<Finding> {
  const endpoints = mediaEndpoints(config).filter(({ protocol }) => !running || protocol === 'tcp')
  const unreached: string[] = []
  for (const endpoint of endpoints) {
    if (await isReached(endpoint, running)) continue
    unreached.push(`${endpoint.protocol} ${endpoint.announced}:${endpoint.port}`)
  }
  const announced = [...new Set(endpoints.map((endpoint) => endpoint.announced))]
  const subject = 'Announced address'
  if (unreached.length > 0) {
    return {
      ok: false,
      subject,
      state: `nothing arrives by ${unreached.join(', ')}`,
      remedy:
        'Set RTC_ANNOUNCED_ADDRESS to the address by which people reach this machine, and open these ports in the\n' +
        'firewall and the router. Some routers do not pass this test from inside; then try from another network.',
    }
  }
  return { ok: true, subject, state: describeReach(announced, running) }
}
