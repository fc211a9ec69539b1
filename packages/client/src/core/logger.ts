/** Severity of a line: `error` needs somebody to act, `warn` was recovered from, `info` marks a lifecycle step. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** Where lines go. */
export type LogSink = (level: LogLevel, message: string, fields?: Readonly<Record<string, unknown>>) => void

/** Structured log of one subsystem. Never given names of people, tokens or message texts. */
export interface Logger {
  debug(message: string, fields?: Readonly<Record<string, unknown>>): void
  info(message: string, fields?: Readonly<Record<string, unknown>>): void
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void
  error(message: string, fields?: Readonly<Record<string, unknown>>): void
}

/** Writes to the browser's console; what is no problem appears only when the console shows verbose lines. */
export function consoleSink(
  level: LogLevel,
  message: string,
  fields?: Readonly<Record<string, unknown>>,
): void {
  const method = level === 'error' || level === 'warn' ? level : 'debug'
  if (fields === undefined) console[method](message)
  else console[method](message, fields)
}

/** A logger whose lines start with `[scope]`. */
export function createLogger(scope: string, sink: LogSink = consoleSink): Logger {
  const at = (level: LogLevel) => (message: string, fields?: Readonly<Record<string, unknown>>) =>
    sink(level, `[${scope}] ${message}`, fields)
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

/** Logs nothing. */
export const silentLogger: Logger = createLogger('', () => {})
