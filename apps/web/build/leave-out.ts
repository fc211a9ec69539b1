import { readFile } from 'node:fs/promises'
import type { Plugin } from 'vite'

/** What stands in for a CommonJS module that is left out. */
export const NOTHING = 'module.exports = {}'

/** Another text for a module, or what makes one of its own. */
export type Replacement = string | ((code: string) => string)

/** A CommonJS module without what it requires by these names. */
export function without(...names: readonly string[]): Replacement {
  return (code) => names.reduce((left, name) => left.replaceAll(`require("${name}")`, '{}'), code)
}

/**
 * Replaces modules that our browsers never run, where bundlers cannot find that out by themselves.
 *
 * @param replacements by the end of the module's path; the build fails when one changes nothing any more
 */
export function leaveOut(replacements: Readonly<Record<string, Replacement>>): Plugin {
  const missing = new Set(Object.keys(replacements))
  return {
    name: 'video-meet:leave-out',
    apply: 'build',
    enforce: 'pre',
    async load(id) {
      const match = Object.entries(replacements).find(([ending]) => id.endsWith(ending))
      if (match === undefined) return null
      const [ending, replacement] = match
      const code = await readFile(id, 'utf8')
      const replaced = typeof replacement === 'string' ? replacement : replacement(code)
      if (replaced !== code) missing.delete(ending)
      return replaced
    },
    buildEnd(error) {
      if (error === undefined && missing.size > 0) {
        this.error(`Nothing is left out by: ${[...missing].join(', ')}`)
      }
    },
  }
}
