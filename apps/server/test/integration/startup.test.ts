import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import net from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'

const MAIN = path.resolve(import.meta.dirname, '../../src/main.ts')

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'startup-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** The server's output when it refuses to start with these settings. */
async function refusal(settings: Record<string, string>): Promise<string> {
  const env = { ...process.env, PORT: '0', RTC_WORKERS: '1', LOG_LEVEL: 'silent', ...settings }
  const failed = await promisify(execFile)(process.execPath, [MAIN], { env }).then(
    () => new Error('it started'),
    (error: Error & { stderr?: string }) => error,
  )
  return 'stderr' in failed ? String(failed.stderr) : failed.message
}

describe('a start that fails', () => {
  it.each([
    ['HOST', { HOST: 'nonsense.invalid' }],
    ['HOST', { HOST: '300.1.1.1' }],
    ['DATA_DIR', { DATA_DIR: '/dev/null' }],
    ['DATA_DIR', { DATA_DIR: '/proc/video-meet' }],
    ['DATABASE_URL', { DATABASE_URL: 'sqlite:noise' }],
    ['DATABASE_URL', { DATABASE_URL: 'sqlite:folder' }],
    ['DATABASE_URL', { DATABASE_URL: 'sqlite:missing/file' }],
    ['RTC_LISTEN_IP', { RTC_LISTEN_IP: '192.0.2.7' }],
    ['npm run doctor', { MEDIASOUP_WORKER_BIN: '/nowhere/worker' }],
  ] as const)('names %s, not a line of code, with %j', async (named, settings) => {
    const dataDir = await newFolder()
    await mkdir(path.join(dataDir, 'folder'))
    await writeFile(path.join(dataDir, 'noise'), 'noise'.repeat(2000))
    const said = await refusal({ DATA_DIR: dataDir, ...settings })
    expect(said).toMatch(/^Video Meet did not start\.\n/)
    expect(said).toContain(named)
    expect(said).not.toMatch(/^\s+at /m)
  })

  it('leaves the database alone when the port is in use', async () => {
    const server = net.createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    const { port } = server.address() as net.AddressInfo
    const dataDir = await newFolder()
    const said = await refusal({ DATA_DIR: dataDir, HOST: '127.0.0.1', PORT: String(port) })
    expect(said).toContain(`PORT ${port} is in use by another program.`)
    expect(await readdir(dataDir)).toEqual([])
  })
})
