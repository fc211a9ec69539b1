import { readFileSync } from 'node:fs'
import { childrenOf, cpuOf, nameOf } from './process-cpu.ts'

/** CPU time of all Chromium processes that this one has started, and of those that they started, in ms. */
export function browserCpu(): number {
  const browsers = childrenOf(process.pid).filter((pid) => /chrom/i.test(nameOf(pid)))
  return browsers.flatMap(withDescendants).reduce((total, pid) => total + cpuOf(pid), 0)
}

/** Busy and whole time of all cores since the machine was started, in ticks. */
export function machineTime(): { readonly busy: number; readonly total: number } {
  const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n')
  const times = line.trim().split(/\s+/).slice(1, 9).map(Number)
  const total = times.reduce((sum, time) => sum + time, 0)
  const [idle = 0, waiting = 0] = times.slice(3)
  return { busy: total - idle - waiting, total }
}

function withDescendants(pid: number): number[] {
  return [pid, ...childrenOf(pid).flatMap(withDescendants)]
}
