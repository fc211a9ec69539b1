import { existsSync, rmSync, writeFileSync } from 'node:fs'
import process from 'node:process'

/** What Debian asks whether a package may start its service. */
const POLICY = '/usr/sbin/policy-rc.d'

/** Installs packages without the services in them being started: the tests start servers of their own. */
export async function withoutServices(install: () => Promise<void>): Promise<void> {
  if (existsSync(POLICY)) return install()
  const restore = () => rmSync(POLICY, { force: true })
  writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  process.once('exit', restore)
  try {
    await install()
  } finally {
    process.removeListener('exit', restore)
    restore()
  }
}
