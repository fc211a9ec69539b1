import { type DestinationStream, type Logger, type LevelWithSilent, pino } from 'pino'
import pinoPretty from 'pino-pretty'

export type { Logger }
export type LogLevel = LevelWithSilent

interface LoggerOptions {
  readonly level: LogLevel
  /** Where lines go instead of standard output. */
  readonly destination?: DestinationStream
}

/** Never in the log, up to three levels below what is logged. */
const SECRET_FIELDS = [
  'authorization',
  'cookie',
  '["set-cookie"]',
  'password',
  'secret',
  'secretKey',
  'token',
  'accessToken',
  'refreshToken',
  'resumeToken',
]

/** What an error of a database repeats of the values that were sent. */
const STATEMENT_FIELDS = ['err.sql', 'err.detail', 'err.where', 'err.internalQuery']

const redact = {
  paths: [
    ...SECRET_FIELDS.flatMap((field) => {
      const below = field.startsWith('[') ? field : `.${field}`
      return [field, `*${below}`, `*.*${below}`]
    }),
    ...STATEMENT_FIELDS,
  ],
  censor: '[redacted]',
}

/**
 * The root logger: JSON lines, or coloured text when a person reads them. A subsystem takes a child of it once:
 * `log.child({ name: 'sfu' })`.
 */
export function createLogger({ level, destination }: LoggerOptions): Logger {
  const options = { level, base: null, redact }
  if (destination) return pino(options, destination)
  if (!process.stdout.isTTY) return pino(options)
  return pino(options, pinoPretty({ sync: true, translateTime: 'SYS:HH:MM:ss.l' }))
}
