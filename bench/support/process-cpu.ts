import { readdirSync, readFileSync } from 'node:fs'

/** Clock ticks of /proc/<pid>/stat are of 10 ms on every Linux that this runs on. */
const TICK_MS = 10

/** CPU time that a process has used, user and system, in ms. */
export function cpuOf(pid: number): number {
  const [user = 0, system = 0] = fieldsOf(pid).slice(11, 13).map(Number)
  return (user + system) * TICK_MS
}

/** Processes that this one has started. */
export function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((child) => {
      try {
        return Number(fieldsOf(child)[1]) === pid
      } catch {
        // It has ended while this looked.
        return false
      }
    })
}

/** Name of the program, cut off after 15 letters; empty when the process has ended. */
export function nameOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim()
  } catch {
    return ''
  }
}

/** What stands behind the name of the program, which may have spaces in it: state, parent and so on. */
function fieldsOf(pid: number): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}
