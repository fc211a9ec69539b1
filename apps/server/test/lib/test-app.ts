import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  CreatedMeeting,
  type createMeeting as createMeetingRoute,
  type RouteInput,
} from '@video-meet/protocol'
import { onTestFinished } from 'vitest'
import { type App, type AppOptions, startApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { createLogger } from '../../src/platform/logger.ts'
import { ScriptedPeer } from './scripted-peer.ts'

export interface TestAppOptions {
  readonly env?: Record<string, string>
  readonly roomLimits?: AppOptions['roomLimits']
  readonly checkLimits?: AppOptions['checkLimits']
  readonly limitFactor?: number
}

export type NewMeeting = RouteInput<typeof createMeetingRoute>['body']

export interface TestApp extends App {
  readonly dataDir: string
  /** Made without an account: whoever has its host token is its host. */
  createMeeting(title?: string, more?: NewMeeting): Promise<CreatedMeeting>
  /** A connected peer, closed with the test. */
  connect(): Promise<ScriptedPeer>
}

/** The whole server with real workers, on free ports and in a directory of its own; closed with the test. */
export async function startTestApp({
  env = {},
  roomLimits = {},
  checkLimits = {},
  limitFactor = 1,
}: TestAppOptions = {}): Promise<TestApp> {
  const ownDir = await mkdtemp(path.join(tmpdir(), 'video-meet-test-'))
  const dataDir = env['DATA_DIR'] ?? ownDir
  const config = readConfig({
    HOST: '127.0.0.1',
    PORT: '0',
    DATA_DIR: dataDir,
    RTC_LISTEN_IP: '127.0.0.1',
    RTC_WORKERS: '1',
    TRUST_PROXY: '1',
    EMAILS_PER_NEW_ACCOUNT: '100000',
    EMAILS_PER_ACCOUNT: '100000',
    EMAILS_PER_SERVER: '1000000',
    ...env,
  })
  const app = await startApp({
    config: { ...config, rtc: { ...config.rtc, port: 0 } },
    log: createLogger({ level: 'warn' }),
    roomLimits,
    checkLimits,
    limitFactor,
  })
  const peers: ScriptedPeer[] = []
  onTestFinished(async () => {
    for (const peer of peers) peer.close()
    await app.close()
    await rm(ownDir, { recursive: true, force: true })
  })
  return {
    ...app,
    dataDir,
    createMeeting: (title = 'Test', more = {}) => createMeeting(app.url, { title, ...more }),
    connect: async () => {
      const peer = await ScriptedPeer.connect(app.url)
      peers.push(peer)
      return peer
    },
  }
}

let clients = 0

/** Each time as another client of a proxy: how many meetings one client may create is not tested here. */
async function createMeeting(url: string, meeting: NewMeeting): Promise<CreatedMeeting> {
  const response = await fetch(`${url}/api/v1/meetings`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-forwarded-for': `198.51.${Math.floor(++clients / 250)}.${clients % 250}`,
    },
    body: JSON.stringify(meeting),
  })
  return CreatedMeeting.parse(await response.json())
}
