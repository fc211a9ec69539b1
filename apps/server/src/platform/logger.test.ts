import { describe, expect, it } from 'vitest'
import { createLogger } from './logger.ts'

function recordedLogger() {
  const lines: string[] = []
  const log = createLogger({ level: 'info', destination: { write: (line) => void lines.push(line) } })
  return { log, entries: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>), lines }
}

describe('createLogger', () => {
  it('names the subsystem of a child', () => {
    const { log, entries } = recordedLogger()
    log.child({ name: 'sfu' }).info({ workers: 2 }, 'started')
    expect(entries()).toEqual([expect.objectContaining({ name: 'sfu', workers: 2, msg: 'started' })])
  })

  it('leaves out what is below its level', () => {
    const { log, lines } = recordedLogger()
    log.debug('detail')
    expect(lines).toEqual([])
  })

  it.each([
    { token: 'S3CRET' },
    { req: { headers: { authorization: 'S3CRET', cookie: 'S3CRET', 'set-cookie': 'S3CRET' } } },
    { input: { resumeToken: 'S3CRET' } },
    { password: 'S3CRET', 'set-cookie': ['S3CRET'] },
    { err: Object.assign(new Error('too long'), { sql: `insert 'S3CRET'`, detail: 'Key (x)=(S3CRET)' }) },
  ])('keeps secrets out (%j)', (fields) => {
    const { log, lines } = recordedLogger()
    log.child({ name: 'http' }).info(fields, 'message')
    expect(lines.join()).toContain('[redacted]')
    expect(lines.join()).not.toContain('S3CRET')
  })
})
