import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { SetupFailure } from '../lib/failure.mjs'

export const NODE_MAJOR = 24

/** Major version that the executable reports; undefined if it cannot run here (a glibc build on musl, say). @param {string} executable */
function majorVersion(executable) {
  if (executable === process.execPath) return Number(process.versions.node.split('.')[0])
  const { status, stdout } = spawnSync(executable, ['-p', 'process.versions.node'], { encoding: 'utf8' })
  return status === 0 ? Number(stdout.split('.')[0]) : undefined
}

/** The Node that runs the product: the one among the packages, else a system one that is new enough. @param {string} root */
export function pickNode(root) {
  const platform = process.platform === 'win32' ? 'win' : process.platform
  const executable = process.platform === 'win32' ? 'node.exe' : 'node'
  const candidates = [
    path.join(root, 'node_modules', `node-${platform}-${process.arch}`, 'bin', executable),
    process.execPath,
    process.env['npm_node_execpath'],
  ]
  for (const candidate of candidates) {
    if (candidate && existsSync(candidate) && (majorVersion(candidate) ?? 0) >= NODE_MAJOR) return candidate
  }
  throw new SetupFailure(
    `There is no Node.js ${NODE_MAJOR} for ${process.platform} on ${process.arch} among the packages.`,
    `Install Node.js ${NODE_MAJOR} or newer (this one is ${process.version}) and run the same command again.`,
  )
}
