import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import net from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it, onTestFinished } from 'vitest'
import { assertCanStart, type StartupSettings } from './startup-checks.ts'

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'startup-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Settings of a server that can start, with what the test changes. */
async function settings(change: Partial<StartupSettings> = {}): Promise<StartupSettings> {
  return {
    host: '127.0.0.1',
    port: 0,
    dataDir: await newFolder(),
    databaseUrl: 'sqlite:',
    rtc: { listenIp: '127.0.0.1', port: 0, workers: 1 },
    ...change,
  }
}

async function takenPort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return (server.address() as net.AddressInfo).port
}

const problemOf = async (change: Partial<StartupSettings>): Promise<string> =>
  assertCanStart(await settings(change)).then(
    () => 'none',
    (error: Error) => error.message,
  )

describe('assertCanStart', () => {
  it('creates the data folder and leaves nothing in it', async () => {
    const dataDir = path.join(await newFolder(), 'deep', 'data')
    await assertCanStart(await settings({ dataDir }))
    expect(await readdir(dataDir)).toEqual([])
  })

  it.each(['nonsense.invalid', '192.0.2.7'])(
    'names HOST when %s is no address of this machine',
    async (host) => {
      expect(await problemOf({ host })).toMatch(new RegExp(`^HOST is "${host}".*Set HOST to`))
    },
  )

  it('names PORT when another program has the port', async () => {
    const port = await takenPort()
    expect(await problemOf({ port })).toBe(
      `PORT ${port} is in use by another program. Stop that program, or set PORT to another port.`,
    )
  })

  it('names DATA_DIR when it is a file, or cannot be created', async () => {
    const file = path.join(await newFolder(), 'file')
    await writeFile(file, '')
    expect(await problemOf({ dataDir: file })).toMatch(/^DATA_DIR .*file is not a folder\. Set DATA_DIR to/)
    expect(await problemOf({ dataDir: '/proc/video-meet' })).toMatch(/^DATA_DIR \/proc\/video-meet cannot be/)
  })

  it('names DATABASE_URL when the file is a folder, no database, or a damaged one', async () => {
    const dataDir = await newFolder()
    await mkdir(path.join(dataDir, 'folder'))
    await writeFile(path.join(dataDir, 'noise'), Buffer.alloc(9000, 'x7'))
    const damaged = path.join(dataDir, 'damaged')
    const database = new DatabaseSync(damaged)
    database.exec('create table t (a)')
    database.close()
    await writeFile(damaged, Buffer.alloc(600, 0xff), { flag: 'r+' })
    for (const [name, problem] of [
      ['folder', 'is a folder. Set DATABASE_URL to a file in it.'],
      ['noise', 'is not an SQLite database. Set DATABASE_URL to another file'],
      ['damaged', 'is not an SQLite database. Set DATABASE_URL to another file'],
    ] as const) {
      expect(await problemOf({ dataDir, databaseUrl: `sqlite:${name}` })).toContain(`${name} ${problem}`)
    }
  })

  it('names RTC_LISTEN_IP when it is an address of another machine', async () => {
    const rtc = { listenIp: '192.0.2.7', port: 0, workers: 1 }
    expect(await problemOf({ rtc })).toMatch(
      /^RTC_LISTEN_IP is 192\.0\.2\.7, which is not an address of this/,
    )
  })

  it('names RTC_PORT when another program has a media port', async () => {
    const rtc = { listenIp: '127.0.0.1', port: await takenPort(), workers: 1 }
    expect(await problemOf({ rtc })).toMatch(/^TCP port \d+ \(RTC_PORT and the ports after it\) is in use/)
  })

  it('names every problem at once', async () => {
    const problem = await problemOf({ host: '192.0.2.7', dataDir: '/proc/video-meet' })
    expect(problem.split('\n').map((line) => line.split(' ')[0])).toEqual(['DATA_DIR', 'HOST'])
  })
})
