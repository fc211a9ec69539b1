import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Coturn, startCoturn } from '../../apps/server/test/lib/coturn.ts'
import { commandQuietly, ip } from './net-commands.ts'
import { chromiumPath } from './paths.ts'

const SECRET = 'nF7qLw2Zs9Xv4Bk1Td6R'
const TURN_PORT = 3478

/**
 * Addresses of the three cables. This machine is the server's.
 *
 *     far ──web──── this machine
 *     far ──inner── turn ──outer── this machine
 */
const WEB = { near: '10.213.3.1', far: '10.213.3.2' }
const INNER = { turn: '10.213.1.1', far: '10.213.1.2' }
const OUTER = { near: '10.213.2.1', turn: '10.213.2.2' }

/**
 * A network from which one gets to the web pages of this machine and to a TURN server, but not to the media ports: network
 * namespaces, with a real coturn in one of them.
 */
export class FarNetwork {
  readonly #far = `vm-far-${process.pid}`
  readonly #turn = `vm-turn-${process.pid}`
  readonly #folder = mkdtempSync(join(tmpdir(), 'video-meet-far-'))
  #coturn: Coturn | undefined

  private constructor() {
    writeFileSync(this.chromium, `#!/bin/sh\nexec ip netns exec ${this.#far} '${chromiumPath()}' "$@"\n`, {
      mode: 0o755,
    })
  }

  static async open(): Promise<FarNetwork> {
    const network = new FarNetwork()
    try {
      network.#lay()
      await network.#serve()
      return network
    } catch (error) {
      await network.close()
      throw error
    }
  }

  /** What Video Meet is told so that it receives media where only the TURN server gets. */
  settingsFor(transport: 'udp' | 'tcp'): Record<string, string> {
    const TURN_URLS = `turn:${INNER.turn}:${TURN_PORT}?transport=${transport}`
    return { TURN_URLS, TURN_SECRET: SECRET, RTC_LISTEN_IP: OUTER.near }
  }

  /** A Chromium that is in this network. */
  get chromium(): string {
    return join(this.#folder, 'chromium')
  }

  /** Lets Chromium find the pages of this machine under their usual name, which it trusts with cameras. */
  get chromiumArgs(): string[] {
    return [`--host-resolver-rules=MAP localhost ${WEB.near}`]
  }

  async close(): Promise<void> {
    await this.#coturn?.stop()
    // The cables go with what is at their ends.
    for (const name of [this.#far, this.#turn]) commandQuietly('ip', 'netns', 'del', name)
    rmSync(this.#folder, { recursive: true, force: true })
  }

  #lay(): void {
    for (const name of [this.#far, this.#turn]) {
      ip('netns', 'add', name)
      ip('-n', name, 'link', 'set', 'lo', 'up')
    }
    cable({ address: WEB.near }, { network: this.#far, address: WEB.far })
    cable({ network: this.#turn, address: INNER.turn }, { network: this.#far, address: INNER.far })
    cable({ address: OUTER.near }, { network: this.#turn, address: OUTER.turn })
    // Everything else is sent on, and lost on the way, as behind a firewall: without a route browsers give up at once.
    ip('-n', this.#far, 'route', 'add', 'default', 'via', INNER.turn)
    ip('netns', 'exec', this.#turn, 'sh', '-c', 'echo 0 > /proc/sys/net/ipv4/ip_forward')
    ip('route', 'add', `${INNER.turn}/32`, 'via', OUTER.turn)
    // The way back: a coturn that cannot answer somebody stops to answer others.
    ip('-n', this.#turn, 'route', 'add', 'default', 'via', OUTER.near)
  }

  async #serve(): Promise<void> {
    this.#coturn = await startCoturn({
      host: INNER.turn,
      port: TURN_PORT,
      settings: {
        'static-auth-secret': [SECRET],
        'listening-ip': [INNER.turn],
        'relay-ip': [OUTER.turn],
        'allowed-peer-ip': [OUTER.near],
      },
      within: ['ip', 'netns', 'exec', this.#turn],
    })
  }
}

interface End {
  /** This machine's when left out. */
  readonly network?: string
  readonly address: string
}

let cables = 0

/** Connects two networks. */
function cable(...ends: [End, End]): void {
  const number = ++cables
  const [near, far] = ends.map((_, index) => `vm${process.pid}${'ab'[index] ?? ''}${number}`) as [
    string,
    string,
  ]
  ip('link', 'add', near, 'type', 'veth', 'peer', 'name', far)
  for (const [index, { network, address }] of ends.entries()) {
    const link = index === 0 ? near : far
    if (network !== undefined) ip('link', 'set', link, 'netns', network)
    const there = network === undefined ? [] : ['-n', network]
    ip(...there, 'address', 'add', `${address}/30`, 'dev', link)
    ip(...there, 'link', 'set', link, 'up')
  }
}
