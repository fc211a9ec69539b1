/*
 * The whole server in a process of its own, without its limits: what is measured is the work, not the refusal.
 * Ends with its parent.
 */
import { startApp } from '../../apps/server/src/app.ts'
import { readConfig } from '../../apps/server/src/config.ts'
import { createLogger } from '../../apps/server/src/platform/logger.ts'

const UNLIMITED = 1e6

const config = readConfig()
const app = await startApp({ config, log: createLogger({ level: 'error' }), limitFactor: UNLIMITED })
process.stdout.write(`ready ${app.url}\n`)
process.once('disconnect', () => process.exit(0))
