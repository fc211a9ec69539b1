/** `npm run doctor`: one page on whether this machine can serve meetings, and what to do where it cannot. */
import process from 'node:process'
import { readConfig, settingWarnings } from '../apps/server/src/config.ts'
import type { Config } from '../apps/server/src/config.ts'
import type { Finding } from './doctor/finding.ts'
import { messageOf } from './doctor/finding.ts'
import {
  checkAnnounced,
  checkHttpPort,
  checkMediaPorts,
  findOpenMediaPorts,
  isRunning,
} from './doctor/network.ts'
import { checkDatabase, checkDataDir, checkDisk } from './doctor/storage.ts'
import { checkNode, checkTestTools, checkWeb, checkWorker } from './doctor/tools.ts'
import { runMain } from './lib/failure.mjs'
import { say } from './lib/progress.mjs'
import { loadSettings } from './lib/settings.ts'

function readSettings(): { config: Config } | { finding: Finding } {
  try {
    return { config: readConfig(process.env) }
  } catch (error) {
    const remedy = 'Correct them in the environment; .env.example explains each.'
    return { finding: { ok: false, subject: 'Settings', state: messageOf(error), remedy } }
  }
}

function checkNames(): Finding[] {
  return settingWarnings().map((warning) => ({
    ok: false,
    optional: true,
    subject: 'Settings',
    state: warning,
    remedy: 'Correct or remove it; .env.example lists every setting.',
  }))
}

async function checkPlace(config: Config): Promise<Finding[]> {
  const running = await isRunning(config)
  const openPorts = running ? await findOpenMediaPorts(config) : null
  return [
    { ok: true, subject: 'Settings', state: `served as ${config.publicUrl}` },
    await checkHttpPort(config, running),
    await checkMediaPorts(config, openPorts),
    await checkAnnounced(config, openPorts),
    await checkDataDir(config),
    await checkDatabase(config),
    checkDisk(config),
  ]
}

function print({ ok, subject, state, remedy }: Finding): void {
  say(`${ok ? '✓' : '✗'} ${subject}: ${state.replaceAll('\n', '\n    ')}`)
  if (!ok && remedy) say(`    What to do: ${remedy.replaceAll('\n', '\n    ')}`)
}

await runMain(async () => {
  loadSettings()
  const settings = readSettings()
  const findings = [
    checkNode(),
    await checkWorker(),
    checkWeb(),
    ...checkNames(),
    ...('config' in settings ? await checkPlace(settings.config) : [settings.finding]),
    ...(await checkTestTools()),
  ]
  for (const finding of findings) print(finding)
  const bad = findings.filter(({ ok, optional }) => !ok && !optional)
  say(
    bad.length === 0
      ? '\nThis machine can serve meetings.'
      : `\n${bad.length} of ${findings.length} need attention.`,
  )
  process.exitCode = bad.length === 0 ? 0 : 1
})
