/*
 * The power goes, again and again, while people write: what the server said it had, it has.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Meeting, routes } from '@video-meet/protocol'
import { expect, it, onTestFinished } from 'vitest'
import { patient } from '../../../../scripts/test/time-factor.ts'
import { freePort } from '../lib/free-port.ts'
import { callRoute, register } from '../lib/people.ts'

const KILLS = 100
const WRITERS = 4
/** Acknowledged writes of a round after which the server is killed. */
const WRITES_PER_ROUND = 12
const MAIN = path.resolve(import.meta.dirname, '../../src/main.ts')

async function start(dataDir: string, [port, rtcPort]: readonly number[]): Promise<ChildProcess> {
  const child = spawn(process.execPath, [MAIN], {
    env: {
      ...process.env,
      HOST: '127.0.0.1',
      PORT: String(port),
      RTC_PORT: String(rtcPort),
      RTC_WORKERS: '1',
      RTC_LISTEN_IP: '127.0.0.1',
      DATA_DIR: dataDir,
      TRUST_PROXY: '1',
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  await new Promise<void>((resolve, reject) => {
    let output = ''
    const listen = (chunk: Buffer) => {
      output += chunk.toString()
      if (output.includes('Video Meet is ready')) resolve()
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    child.once('exit', () => reject(new Error(`the server ended:\n${output}`)))
  })
  return child
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

it(`nothing is lost that was acknowledged, ${KILLS} kills long`, { timeout: patient(300_000) }, async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'kill-nine-'))
  const ports = [await freePort(), await freePort()]
  const url = `http://127.0.0.1:${ports[0]}`
  let child = await start(dataDir, ports)
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) await kill(child)
    await rm(dataDir, { recursive: true, force: true })
  })
  const { token } = await register(url, 'Ana', routes.register)
  const first = await callRoute(url, routes.createMeeting, { body: { title: 'Changed often' }, token })
  const { id } = Meeting.parse(first.body)
  const created = new Set<string>()
  let changes = 0

  /** Writes until the server is gone. */
  async function write(writer: number, stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      if (writer === 0) {
        // The account's token ends after ten minutes, which is longer than this takes.
        const agenda = String(changes + 1)
        const { status } = await callRoute(url, routes.updateMeeting, {
          params: { id },
          body: { agenda },
          token,
        })
        if (status === 200) changes += 1
      } else {
        const { status, body } = await callRoute(url, routes.createMeeting, { body: {} })
        if (status === 201) created.add(Meeting.parse(body).id)
      }
    }
  }

  for (let round = 0; round < KILLS; round += 1) {
    const stop = new AbortController()
    const before = created.size + changes
    const writing = Array.from({ length: WRITERS }, (_, writer) =>
      // A connection that breaks is what this is about.
      write(writer, stop.signal).catch(() => undefined),
    )
    await expect
      .poll(() => created.size + changes - before, { interval: 2 })
      .toBeGreaterThan(WRITES_PER_ROUND)
    await kill(child)
    stop.abort()
    await Promise.all(writing)
    child = await start(dataDir, ports)
  }
  await kill(child)

  const database = new DatabaseSync(path.join(dataDir, 'video-meet.sqlite'), { readOnly: true })
  const kept = new Set(
    database
      .prepare('select id from meetings')
      .all()
      .map((row) => String(row['id'])),
  )
  const lost = [...created].filter((meeting) => !kept.has(meeting))
  const agenda = database.prepare('select agenda from meetings where id = ?').get(id)?.['agenda']
  const integrity = database.prepare('pragma integrity_check').all()
  database.close()
  process.stdout.write(
    `kill -9: ${KILLS} kills, ${created.size + changes} acknowledged writes, ${lost.length} lost\n`,
  )
  expect(lost).toEqual([])
  expect(Number(agenda)).toBeGreaterThanOrEqual(changes)
  expect(integrity).toEqual([{ integrity_check: 'ok' }])
})
