/** `npm run check`: types, lint, format, import directions, dead code, lock file, unit and contract tests. */
import process from 'node:process'
import { runChecks } from './checks/run-checks.ts'
import { runMain } from './lib/failure.mjs'
import { say, secondsSince } from './lib/progress.mjs'

await runMain(async () => {
  const startedAt = performance.now()
  const results = await runChecks()
  const failed = results.filter((result) => result.failed > 0)
  say(
    failed.length === 0
      ? `\nAll checks pass (${secondsSince(startedAt)})`
      : `\n${failed.map(({ name }) => name).join(', ')} failed (${secondsSince(startedAt)})`,
  )
  process.exitCode = failed.length === 0 ? 0 : 1
})
