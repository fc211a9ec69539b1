/** `npm run format`: puts every file into the one style of .oxfmtrc.json. */
import process from 'node:process'
import { runOnTerminal } from './lib/child-process.ts'
import { packageBin } from './lib/package-bin.ts'

const paths = process.argv.slice(2)
process.exitCode = await runOnTerminal(process.execPath, [
  packageBin('oxfmt'),
  ...(paths.length > 0 ? paths : ['.']),
])
