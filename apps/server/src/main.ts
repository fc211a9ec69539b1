import { type App, startApp } from './app.ts'
import { ConfigError, readConfig } from './config.ts'
import { AppError } from './platform/errors.ts'
import { createLogger } from './platform/logger.ts'

/** A process that cannot close in this time is ended anyway. */
const CLOSE_DEADLINE_MS = 10_000

async function main(): Promise<void> {
  const config = readConfig()
  const log = createLogger({ level: config.logLevel })
  const app = await startApp({ config, log })
  process.stdout.write(`Video Meet is ready: ${config.publicUrl}\n`)

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      log.info({ signal }, 'closing')
      void end(app, 0)
    })
  }
  // Nothing that got this far can be trusted to carry on.
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error) => {
      log.fatal({ err: error, event }, 'closing after an error that nobody handled')
      void end(app, 1)
    })
  }
}

async function end(app: App, code: number): Promise<void> {
  process.exitCode = code
  setTimeout(() => process.exit(code), CLOSE_DEADLINE_MS).unref()
  await app.close()
}

/** A sentence is enough for what the operator can mend; anything else is ours to mend and shows where it came from. */
function explain(error: unknown): string {
  if (error instanceof ConfigError || error instanceof AppError) return error.message
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return `${error.message}. Stop what uses the port, or set PORT to another one.`
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

main().catch((error: unknown) => {
  process.stderr.write(`Video Meet did not start.\n${explain(error)}\n`)
  process.exitCode = 1
})
