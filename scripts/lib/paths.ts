import os from 'node:os'
import path from 'node:path'
import process from 'node:process'

/** The checkout. */
export const ROOT = path.resolve(import.meta.dirname, '..', '..')

export const inRoot = (...parts: string[]): string => path.join(ROOT, ...parts)

/**
 * Where things that took long to make are kept between checkouts, after the conventions of the system.
 */
export function cacheFolder(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env
  if (XDG_CACHE_HOME && path.isAbsolute(XDG_CACHE_HOME)) return path.join(XDG_CACHE_HOME, 'video-meet')
  if (process.platform === 'win32' && LOCALAPPDATA) return path.join(LOCALAPPDATA, 'video-meet')
  return path.join(os.homedir(), '.cache', 'video-meet')
}
