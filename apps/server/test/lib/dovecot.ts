import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ImapFlow } from 'imapflow'
import { patient } from '../../../../scripts/test/time-factor.ts'
import { freePort } from './free-port.ts'
import { findProgram, ownerFor } from './server-process.ts'

const START_DEADLINE_MS = patient(20_000)

/** A real IMAP server on loopback with one mailbox. */
export interface Dovecot {
  readonly port: number
  /** User name and password of the mailbox. */
  readonly auth: { readonly user: string; readonly pass: string }
  /** Puts a message into the mailbox, as a mail server delivers it. */
  deliver(raw: Uint8Array): void
  /** Flags of every message in the mailbox, as the letters that Maildir uses (S: seen, F: flagged). */
  flags(): Promise<string[]>
  /** Ends the server without a word to its clients; `start` brings it back. */
  kill(): Promise<void>
  start(): Promise<void>
  stop(): Promise<void>
}

export async function startDovecot(): Promise<Dovecot> {
  const folder = mkdtempSync(path.join(tmpdir(), 'dovecot-'))
  // Its processes run as several users.
  chmodSync(folder, 0o755)
  const port = await freePort()
  const auth = { user: 'meet', pass: randomUUID() }
  const mail = path.join(folder, 'mail')
  // It refuses to read the mail of root.
  const { uid = process.getuid?.() ?? 0, gid = process.getgid?.() ?? 0 } = ownerFor('nobody')
  for (const part of ['', 'tmp', 'new', 'cur']) {
    mkdirSync(path.join(mail, part), { recursive: true })
    chownSync(path.join(mail, part), uid, gid)
  }
  const config = path.join(folder, 'dovecot.conf')
  writeFileSync(config, configuration({ folder, mail, port, pass: auth.pass, uid, gid }))
  let child: ReturnType<typeof spawn> | undefined

  async function start(): Promise<void> {
    child = spawn(findProgram('dovecot'), ['-F', '-c', config], { stdio: 'ignore' })
    const isUp = await answers(port, auth)
    if (!isUp) throw new Error(`dovecot did not start:\n${readFileSync(path.join(folder, 'log'), 'utf8')}`)
  }

  async function kill(): Promise<void> {
    if (!child || child.exitCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await ended
  }
  process.once('exit', () => child?.kill('SIGTERM'))

  await start()
  return {
    port,
    auth,
    deliver(raw) {
      const name = randomUUID()
      writeFileSync(path.join(mail, 'tmp', name), raw)
      renameSync(path.join(mail, 'tmp', name), path.join(mail, 'new', name))
    },
    async flags() {
      const names = [...(await readdir(path.join(mail, 'new'))), ...(await readdir(path.join(mail, 'cur')))]
      return names.map((name) => name.split(':2,')[1] ?? '')
    },
    kill,
    start,
    async stop() {
      await kill()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

interface Settings {
  readonly folder: string
  readonly mail: string
  readonly port: number
  readonly pass: string
  readonly uid: number
  readonly gid: number
}

function configuration({ folder, mail, port, pass, uid, gid }: Settings): string {
  return `
protocols = imap
listen = 127.0.0.1
base_dir = ${folder}/run
log_path = ${folder}/log
ssl = no
disable_plaintext_auth = no
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:${mail}
passdb {
  driver = static
  args = password=${pass}
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${folder}
}
service imap-login {
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
`
}

/** Whether somebody can sign in before the deadline. */
async function answers(port: number, auth: Dovecot['auth']): Promise<boolean> {
  const deadline = performance.now() + START_DEADLINE_MS
  while (performance.now() < deadline) {
    const client = new ImapFlow({ host: '127.0.0.1', port, secure: false, auth, logger: false })
    client.on('error', () => undefined)
    const isUp = await client.connect().then(
      () => true,
      () => false,
    )
    client.close()
    if (isUp) return true
  }
  return false
}
