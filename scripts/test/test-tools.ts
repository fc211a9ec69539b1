import { hasCommand } from '../lib/child-process.ts'
import { SetupFailure } from '../lib/failure.mjs'
import { ensurePackages, usesApt } from '../lib/system-packages.ts'
import { withoutServices } from './without-services.ts'

export type Tool = {
  /** Any of these commands will do. */
  readonly commands: readonly string[]
  readonly debianPackage: string
  readonly purpose: string
}

/** What the tests need besides the npm packages. */
export const TEST_TOOLS: readonly Tool[] = [
  {
    commands: ['chromium', 'chromium-browser', 'google-chrome'],
    debianPackage: 'chromium',
    purpose: 'the browser of the stories',
  },
  {
    commands: ['firefox-esr', 'firefox'],
    debianPackage: 'firefox-esr',
    purpose: 'the other browser of the stories',
  },
  { commands: ['ffmpeg'], debianPackage: 'ffmpeg', purpose: 'what their fake cameras and microphones play' },
  {
    commands: ['initdb', 'pg_ctlcluster'],
    debianPackage: 'postgresql',
    purpose: 'one of the databases that the stores are tested on',
  },
  {
    commands: ['mariadb-install-db'],
    debianPackage: 'mariadb-server',
    purpose: 'one of the databases that the stores are tested on',
  },
  {
    commands: ['dovecot'],
    debianPackage: 'dovecot-imapd',
    purpose: 'the mailbox that answers are read from',
  },
  { commands: ['turnserver'], debianPackage: 'coturn', purpose: 'the TURN server that calls are relayed by' },
]

/** The first of the tool's commands that is in PATH. */
export async function findTool({ commands }: Tool): Promise<string | undefined> {
  for (const command of commands) if (await hasCommand(command)) return command
  return undefined
}

/** Those of the tools that are not in PATH. */
async function missingTestTools(): Promise<Tool[]> {
  const missing: Tool[] = []
  for (const tool of TEST_TOOLS) {
    if ((await findTool(tool)) === undefined) missing.push(tool)
  }
  return missing
}

/** Makes sure that the tests find their tools; installs Debian's when root. */
export async function ensureTestTools(): Promise<void> {
  const missing = await missingTestTools()
  if (missing.length === 0) return
  if (usesApt()) {
    const packages = missing.map(({ debianPackage }) => debianPackage)
    await withoutServices(() => ensurePackages(packages, 'the tests'))
    return
  }
  throw new SetupFailure(
    `The tests need ${missing.map(({ commands }) => commands.join(' or ')).join(', and ')}.`,
    'Install them and run the same command again; `npm run check` runs what needs none of them.',
  )
}
