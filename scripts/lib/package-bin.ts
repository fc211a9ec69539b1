import { readFileSync } from 'node:fs'
import { findPackageJSON } from 'node:module'
import path from 'node:path'
import { inRoot } from './paths.ts'

type Manifest = { readonly bin?: string | Record<string, string> }

/** The JavaScript file behind a package's command, to be run with this Node, wherever npm put the package. */
export function packageBin(name: string, { command = name, from = '.' } = {}): string {
  const file = findPackageJSON(name, inRoot(from, 'package.json'))
  if (!file) throw new Error(`${name} is not installed`)
  const { bin } = JSON.parse(readFileSync(file, 'utf8')) as Manifest
  const script = typeof bin === 'string' ? bin : bin?.[command]
  if (!script) throw new Error(`${name} has no command ${command}`)
  return path.join(path.dirname(file), script)
}
