import type { Plugin } from 'vite'

/**
 * Replaces modules that no browser of ours ever runs by empty ones. For CommonJS libraries, which bundlers cannot shake.
 *
 * @param endings ends of the modules' paths; the build fails when one of them matches nothing any more
 */
export function leaveOut(endings: readonly string[]): Plugin {
  const missing = new Set(endings)
  return {
    name: 'video-meet:leave-out',
    apply: 'build',
    enforce: 'pre',
    load(id) {
      const ending = endings.find((candidate) => id.endsWith(candidate))
      if (ending === undefined) return null
      missing.delete(ending)
      return 'module.exports = {}'
    },
    buildEnd(error) {
      if (error === undefined && missing.size > 0) {
        this.error(`Nothing is left out by: ${[...missing].join(', ')}`)
      }
    },
  }
}
