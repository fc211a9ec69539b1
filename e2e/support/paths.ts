import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The checkout. */
export const ROOT = join(import.meta.dirname, '../..')

/** Chromium of the system, which has the codecs and the fake devices that the stories need. */
export function chromiumPath(): string {
  const directories = (process.env['PATH'] ?? '').split(delimiter)
  const candidates = directories.flatMap((directory) => [
    join(directory, 'chromium'),
    join(directory, 'chromium-browser'),
    join(directory, 'google-chrome'),
  ])
  const found = candidates.find(isExecutable)
  if (found === undefined) throw new Error('No Chromium in PATH: install it (apt-get install chromium).')
  return found
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
