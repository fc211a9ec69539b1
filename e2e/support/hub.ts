import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { command, commandQuietly, ip } from './net-commands.ts'
import { chromiumPath } from './paths.ts'

/** A network of each process's own: two that test on one machine would answer each other's people. */
const NETWORK = `10.213.${10 + (process.pid % 240)}`
/** This machine's address at the hub: where the server is. */
const HUB_ADDRESS = `${NETWORK}.1`
/** Another one of it, for what shall stand between people and the server. */
const OTHER_ADDRESS = `${NETWORK}.2`
const FIRST_ADDRESS = 10
const MOVED_BY = 100

/**
 * A switch of our own between this machine and people who are each in a network of their own (a namespace), so that what
 * happens on the way to one of them can be decided here. Takes the rights of root.
 */
export class Hub {
  readonly #name = `vmhub${process.pid}`
  readonly #folder = mkdtempSync(join(tmpdir(), 'video-meet-hub-'))
  readonly #lines: Line[] = []

  /** @throws Error where it is not possible */
  static open(): Hub {
    const hub = new Hub()
    try {
      hub.#open()
      return hub
    } catch (error) {
      hub.close()
      throw error
    }
  }

  readonly address = HUB_ADDRESS
  readonly otherAddress = OTHER_ADDRESS

  /** Lays a line to somebody. */
  lay(): Line {
    const line = new Line({ hub: this.#name, folder: this.#folder, number: this.#lines.length })
    this.#lines.push(line)
    line.lay()
    return line
  }

  close(): void {
    for (const line of this.#lines) line.close()
    commandQuietly('nft', 'delete', 'table', 'netdev', this.#name)
    commandQuietly('ip', 'link', 'del', this.#name)
    rmSync(this.#folder, { recursive: true, force: true })
  }

  #open(): void {
    ip('link', 'add', this.#name, 'type', 'bridge')
    for (const address of [HUB_ADDRESS, OTHER_ADDRESS])
      ip('address', 'add', `${address}/24`, 'dev', this.#name)
    ip('link', 'set', this.#name, 'up')
    command('nft', 'add', 'table', 'netdev', this.#name)
  }
}

interface Place {
  readonly hub: string
  readonly folder: string
  readonly number: number
}

/** What of the packets is meant, in the words of nftables; everything when empty. */
type Match = 'meta l4proto udp' | 'meta protocol ip' | `numgen random mod 100 < ${number}`

/** The way from the hub to one person's browser, and what can go wrong on it. */
export class Line {
  readonly #hub: string
  readonly #network: string
  readonly #port: string
  readonly #chain: string
  readonly #number: number
  /** A Chromium at the end of this line. */
  readonly chromium: string
  #moves = 0

  constructor({ hub, folder, number }: Place) {
    this.#hub = hub
    this.#number = number
    this.#network = `${hub}n${number}`
    this.#port = `${hub}p${number}`
    this.#chain = `from${number}`
    this.chromium = join(folder, `chromium${number}`)
    writeFileSync(
      this.chromium,
      `#!/bin/sh\nexec ip netns exec ${this.#network} '${chromiumPath()}' "$@"\n`,
      { mode: 0o755 },
    )
  }

  /** Makes the network at its end. */
  lay(): void {
    ip('netns', 'add', this.#network)
    ip('-n', this.#network, 'link', 'set', 'lo', 'up')
    ip('link', 'add', this.#port, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', this.#network)
    ip('link', 'set', this.#port, 'master', this.#hub)
    ip('link', 'set', this.#port, 'up')
    ip('-n', this.#network, 'link', 'set', 'eth0', 'up')
    this.#live()
    const hook = `{ type filter hook ingress device ${this.#port} priority 0 ; }`
    command('nft', 'add', 'chain', 'netdev', this.#hub, this.#chain, hook)
    this.#within('nft', 'add', 'table', 'inet', 'line')
    this.#within(
      'nft',
      'add',
      'chain',
      'inet',
      'line',
      'to',
      '{ type filter hook prerouting priority -300 ; }',
    )
  }

  /** Lets Chromium find the pages of this machine under their usual name, which it trusts with cameras. */
  get chromiumArgs(): string[] {
    return [`--host-resolver-rules=MAP localhost ${HUB_ADDRESS}`]
  }

  /** Nothing gets through any more, and nobody is told. */
  cut(): void {
    this.#drop('meta protocol ip', 'both')
  }

  blockUdp(): void {
    this.#drop('meta l4proto udp', 'both')
  }

  /** Loses some of what comes to this person, at random. */
  lose(percent: number): void {
    this.#drop(`numgen random mod 100 < ${percent}`, 'to')
  }

  /** What was cut, blocked or lost goes through again. */
  mend(): void {
    command('nft', 'flush', 'chain', 'netdev', this.#hub, this.#chain)
    this.#within('nft', 'flush', 'chain', 'inet', 'line', 'to')
  }

  /** Breaks off the TCP connections to a port, as a proxy does that is restarted. Others may be opened at once. */
  breakOff(port: number): void {
    this.#within('ss', '-K', 'dport', '=', `${port}`)
  }

  /** From now on this person has another address, as in another network. */
  move(): void {
    ip('-n', this.#network, 'address', 'flush', 'dev', 'eth0')
    this.#moves += 1
    this.#live()
  }

  /** Lets only so much through to this person; what has to wait for more than 100 ms is lost. */
  limit(megabits: number): void {
    const rate = ['rate', `${megabits}mbit`, 'burst', '16kb', 'latency', '100ms']
    command('tc', 'qdisc', 'replace', 'dev', this.#port, 'root', 'tbf', ...rate)
  }

  close(): void {
    commandQuietly('ip', 'link', 'del', this.#port)
    commandQuietly('ip', 'netns', 'del', this.#network)
  }

  #live(): void {
    const host = FIRST_ADDRESS + this.#number + this.#moves * MOVED_BY
    ip('-n', this.#network, 'address', 'add', `${NETWORK}.${host}/24`, 'dev', 'eth0')
    ip('-n', this.#network, 'route', 'replace', 'default', 'via', HUB_ADDRESS)
  }

  #drop(match: Match, direction: 'to' | 'both'): void {
    const rule = [...match.split(' '), 'drop']
    this.#within('nft', 'add', 'rule', 'inet', 'line', 'to', ...rule)
    if (direction === 'both') command('nft', 'add', 'rule', 'netdev', this.#hub, this.#chain, ...rule)
  }

  #within(name: string, ...args: string[]): void {
    command('ip', 'netns', 'exec', this.#network, name, ...args)
  }
}
