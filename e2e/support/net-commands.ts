import { execFileSync } from 'node:child_process'

/** Making networks takes the rights of root. */
export const canMakeNetworks = process.getuid?.() === 0

/** Runs `ip` of iproute2. @throws Error with what it says when it fails */
export function ip(...args: string[]): void {
  command('ip', ...args)
}

/** Runs any command. @throws Error with what it says when it fails */
export function command(name: string, ...args: string[]): void {
  execFileSync(name, args, { stdio: ['ignore', 'ignore', 'pipe'] })
}

/** Like `command`, to take away what may not be there. */
export function commandQuietly(name: string, ...args: string[]): void {
  try {
    command(name, ...args)
  } catch {
    // It was never made.
  }
}
