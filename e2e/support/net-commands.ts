import { execFileSync } from 'node:child_process'

/** Making networks takes the rights of root. */
export const canMakeNetworks = process.getuid?.() === 0

/** Runs `ip` of iproute2. @throws Error with what it says when it fails */
export function ip(...args: string[]): void {
  command('ip', ...args)
}

/** Like `ip`, for what may not be there. */
export function ipQuietly(...args: string[]): void {
  try {
    ip(...args)
  } catch {
    // It was never made.
  }
}

/** Runs any command. @throws Error with what it says when it fails */
export function command(name: string, ...args: string[]): void {
  execFileSync(name, args, { stdio: ['ignore', 'ignore', 'pipe'] })
}
