import net from 'node:net'
import {
  findHttpProblem,
  findMediaProblem,
  mediaEndpoints,
} from '../../apps/server/src/app/startup-checks.ts'
import type { Config } from '../../apps/server/src/config.ts'
import type { Finding } from './finding.ts'
import { accepts, arrives } from './sockets.ts'

const ANSWER_MS = 2000

type MediaEndpoint = ReturnType<typeof mediaEndpoints>[number]

const loopbackFor = (host: string): string => (host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host)

/** Whether a Video Meet of this machine answers on the configured port. */
export async function isRunning({ host, port }: Pick<Config, 'host' | 'port'>): Promise<boolean> {
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

export async function checkHttpPort(
  config: Pick<Config, 'host' | 'port'>,
  running: boolean,
): Promise<Finding> {
  const { host, port } = config
  const subject = `Port ${port}`
  if (running) return { ok: true, subject, state: 'in use by Video Meet, which is running' }
  const problem = await findHttpProblem(config)
  return { ok: problem === undefined, subject, state: problem ?? `free (web, TCP on ${host})` }
}

const portRange = (ports: readonly number[]): string => {
  const [first, last] = [ports[0], ports.at(-1)]
  return ports.length === 1 ? `Media port ${first}` : `Media ports ${first} to ${last}`
}

/**
 * Media ports that a running server has open. Its settings are its own and may differ from this environment's, so the
 * ports themselves say how many workers it has.
 */
export async function findOpenMediaPorts(config: Pick<Config, 'rtc'>): Promise<number[]> {
  const open: number[] = []
  for (const { protocol, address, port } of mediaEndpoints(config)) {
    if (protocol === 'udp' || open.includes(port)) continue
    if (await accepts(loopbackFor(address), port)) open.push(port)
  }
  return open
}

/** @param openPorts what `findOpenMediaPorts` found; null when no server is running */
export async function checkMediaPorts(
  config: Pick<Config, 'rtc'>,
  openPorts: readonly number[] | null,
): Promise<Finding> {
  const { port, workers } = config.rtc
  const subject = portRange(Array.from({ length: workers }, (_, index) => port + index))
  if (openPorts !== null) return describeOpenPorts(config, openPorts)
  const problem = await findMediaProblem(config)
  return { ok: problem === undefined, subject, state: problem ?? 'free (UDP and TCP)' }
}

function describeOpenPorts({ rtc }: Pick<Config, 'rtc'>, openPorts: readonly number[]): Finding {
  if (openPorts.length === 0) {
    const state =
      'none of them is open. The running server probably has another RTC_PORT than this environment.'
    const subject = portRange(Array.from({ length: rtc.workers }, (_, index) => rtc.port + index))
    return { ok: true, subject, state: `not checked: ${state}` }
  }
  const subject = portRange(openPorts)
  const inUse = 'in use by Video Meet, which is running'
  if (openPorts.length === rtc.workers) return { ok: true, subject, state: inUse }
  const differs = `It has ${openPorts.length} of the ${rtc.workers} workers that RTC_WORKERS says here`
  return { ok: true, subject, state: `${inUse}. ${differs}; the other ports were not checked.` }
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

/**
 * Sends to the addresses that clients are told, and checks whether it arrives.
 *
 * @param openPorts what `findOpenMediaPorts` found; null when no server is running
 */
export async function checkAnnounced(
  config: Pick<Config, 'rtc'>,
  openPorts: readonly number[] | null,
): Promise<Finding> {
  const subject = 'Announced address'
  const running = openPorts !== null
  const endpoints = mediaEndpoints(config).filter(
    ({ protocol, port }) => !running || (protocol === 'tcp' && openPorts.includes(port)),
  )
  if (endpoints.length === 0)
    return { ok: true, subject, state: 'not checked: the ports of the running server are not known here' }
  const unreached: string[] = []
  for (const endpoint of endpoints) {
    if (await isReached(endpoint, running)) continue
    unreached.push(`${endpoint.protocol} ${endpoint.announced}:${endpoint.port}`)
  }
  const announced = [...new Set(endpoints.map((endpoint) => endpoint.announced))]
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
