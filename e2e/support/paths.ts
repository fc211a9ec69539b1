import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The checkout. */
export const ROOT = join(import.meta.dirname, '../..')

/** Chromium of the system, which has the codecs and the fake devices that the stories need. */
export function chromiumPath(): string {
  return inPath('Chromium', ['chromium', 'chromium-browser', 'google-chrome'])
}

/** Firefox of the system: the one with long support, or the one of every month. */
export function firefoxPath(): string {
  return inPath('Firefox', ['firefox-esr', 'firefox'])
}

function inPath(browser: string, commands: readonly [string, ...string[]]): string {
  const directories = (process.env['PATH'] ?? '').split(delimiter)
  const found = directories
    .flatMap((directory) => commands.map((command) => join(directory, command)))
    .find(isExecutable)
  if (found !== undefined) return found
  throw new Error(`No ${browser} in PATH: install it (apt-get install ${commands[0]}).`)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
