import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, firefox } from '@playwright/test'
import { toneOf } from './clip-code.ts'
import { firefoxPath } from './paths.ts'

const RELAY = join(import.meta.dirname, 'firefox-relay.ts')

/** What makes Firefox usable by nobody, besides what Playwright changes anyway. */
const PREFERENCES = {
  // A camera that films one colour after the other, and everyone is asked for nothing.
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  'media.autoplay.default': 0,
  'media.autoplay.blocking_policy': 0,
  'media.gmp-provider.enabled': false,
  // Nothing leaves this machine.
  'network.trr.mode': 5,
  'network.captive-portal-service.enabled': false,
  'network.dns.disablePrefetch': true,
  'network.prefetch-next': false,
  'toolkit.telemetry.enabled': false,
  'toolkit.telemetry.server': '',
  'services.settings.server': 'data:,',
  'browser.region.network.url': '',
  'dom.push.connection.enabled': false,
  'extensions.systemAddon.update.enabled': false,
} as const

/**
 * Opens Firefox with a camera of plain colours that change, a microphone that hums in the pitch of `person`, and somebody
 * who allows everything.
 */
export async function openFirefoxOf(person: number): Promise<Browser> {
  const folder = mkdtempSync(join(tmpdir(), 'video-meet-firefox-'))
  const start = join(folder, 'firefox')
  writeFileSync(start, `#!/bin/sh\nexec '${process.execPath}' '${RELAY}' '${firefoxPath()}' "$@"\n`, {
    mode: 0o755,
  })
  try {
    return await firefox.launch({
      channel: 'moz-firefox',
      executablePath: start,
      firefoxUserPrefs: { ...PREFERENCES, 'media.navigator.audio.fake_frequency': toneOf(person) },
    })
  } finally {
    rmSync(folder, { recursive: true })
  }
}
