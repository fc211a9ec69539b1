import { existsSync } from 'node:fs'
import process from 'node:process'
import { inRoot } from './paths.ts'

/** Takes over the settings of the file `.env`, if there is one. Variables of the shell come first. */
export function loadSettings(): void {
  const file = inRoot('.env')
  if (existsSync(file)) process.loadEnvFile(file)
}
