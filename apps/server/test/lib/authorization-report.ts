import { mkdir, writeFile } from 'node:fs/promises'

const FOLDER = new URL('../../../../test-results/', import.meta.url)

/** Writes what the authorization matrix found to `test-results/authorization-<part>.json`. */
export async function writeReport(
  part: 'socket' | 'rest',
  report: { readonly checks: number; readonly wrong: readonly string[] },
): Promise<void> {
  await mkdir(FOLDER, { recursive: true })
  await writeFile(new URL(`authorization-${part}.json`, FOLDER), `${JSON.stringify(report, null, 2)}\n`)
  process.stdout.write(`authorization, ${part}: ${report.checks} checks, ${report.wrong.length} wrong\n`)
}
