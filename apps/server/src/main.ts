import { type App, startApp } from './app.ts'
import { ConfigError, readConfig, settingWarnings } from './config.ts'
import { AppError } from './platform/errors.ts'
import { createLogger } from './platform/logger.ts'

/** A process that cannot close in this time is ended anyway. */
const CLOSE_DEADLINE_MS = 10_000

async function main(): Promise<void> {
  const config = readConfig()
  const log = createLogger({ level: config.logLevel })
  for (const warning of settingWarnings()) log.warn(warning)
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

/** The operator can fix what a sentence describes. Anything else is a fault of this program and shows where it comes from. */
function explain(error: unknown): string {
  if (error instanceof ConfigError || error instanceof AppError) return error.message
  // Another program can take the port between the start-up check and listening.
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return `${error.message}. Stop the program that uses the port, or set PORT to another port.`
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

main().catch((error: unknown) => {
  process.stderr.write(`Video Meet did not start.\n${explain(error)}\n`)
  process.exitCode = 1
})
