import type { Plugin } from 'vite'

/** What stands in for a CommonJS module that is left out. */
export const NOTHING = 'module.exports = {}'

/**
 * Replaces modules that our browsers never run, where bundlers cannot find that out by themselves.
 *
 * @param replacements code by the end of the module's path; the build fails when an end matches nothing any more
 */
export function leaveOut(replacements: Readonly<Record<string, string>>): Plugin {
  const missing = new Set(Object.keys(replacements))
  return {
    name: 'video-meet:leave-out',
    apply: 'build',
    enforce: 'pre',
    load(id) {
      const match = Object.entries(replacements).find(([ending]) => id.endsWith(ending))
      if (match === undefined) return null
      const [ending, code] = match
      missing.delete(ending)
      return code
    },
    buildEnd(error) {
      if (error === undefined && missing.size > 0) {
        this.error(`Nothing is left out by: ${[...missing].join(', ')}`)
      }
    },
  }
}
