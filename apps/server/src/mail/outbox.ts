import { randomBytes } from 'node:crypto'
import { chmod, mkdir, open, rename } from 'node:fs/promises'
import path from 'node:path'
import type { MailSender } from './mailer.ts'

/** Keeps each mail as a file `<time>-<random>.eml` that sorts by time; only its owner can read it. */
export function createOutbox(folder: string): MailSender {
  return {
    async send({ raw }) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      // It may have been there, open to others.
      await chmod(folder, 0o700)
      const time = new Date().toISOString().replaceAll(/[:.]/g, '-')
      const name = path.join(folder, `${time}-${randomBytes(4).toString('hex')}`)
      const file = await open(`${name}.tmp`, 'wx', 0o600)
      try {
        await file.writeFile(raw)
        await file.sync()
      } finally {
        await file.close()
      }
      // Whoever looks into the folder sees whole mails only.
      await rename(`${name}.tmp`, `${name}.eml`)
    },
    close: () => undefined,
  }
}
