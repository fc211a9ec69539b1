import { hasCommand, run } from '../lib/child-process.ts'
import { SetupFailure } from '../lib/failure.mjs'
import { ensurePackages, usesApt } from '../lib/system-packages.ts'
import { withoutServices } from './without-services.ts'

export type Tool = {
  /** Any of these commands will do. */
  readonly commands: readonly string[]
  readonly debianPackage: string
  readonly purpose: string
  /** Oldest major version that the tests work with. */
  readonly minimumVersion?: number
}

/** Programs that the tests start, besides those that every system has. `test-tools.test.ts` finds what is missing here. */
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
    // Playwright drives it with WebDriver BiDi commands that older versions don't know.
    minimumVersion: 153,
  },
  {
    commands: ['ffmpeg'],
    debianPackage: 'ffmpeg',
    purpose: 'the clips that fake cameras and microphones play',
  },
  {
    commands: ['ip'],
    debianPackage: 'iproute2',
    purpose: 'networks of their own for stories about bad networks',
  },
  { commands: ['tc'], debianPackage: 'iproute2', purpose: 'narrow networks' },
  { commands: ['ss'], debianPackage: 'iproute2', purpose: 'connections that break' },
  { commands: ['nft'], debianPackage: 'nftables', purpose: 'networks that lose packets' },
  { commands: ['openssl'], debianPackage: 'openssl', purpose: 'certificates of test servers' },
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
  { commands: ['turnserver'], debianPackage: 'coturn', purpose: 'the TURN server that relays calls' },
]

/** The first of the tool's commands that is in PATH. */
async function findTool({ commands }: Tool): Promise<string | undefined> {
  for (const command of commands) if (await hasCommand(command)) return command
  return undefined
}

/** The reason why the tests can't use the tool (it is missing or too old); undefined if they can. */
export async function toolProblem(tool: Tool): Promise<string | undefined> {
  const command = await findTool(tool)
  if (command === undefined) return 'not found'
  if (tool.minimumVersion === undefined) return undefined
  const { output } = await run(command, ['--version'])
  const version = majorVersionIn(output)
  return version >= tool.minimumVersion ? undefined : `version ${version}, ${tool.minimumVersion} is needed`
}

/** The first number with a point behind it, such as 153 in `Mozilla Firefox 153.8.0esr`; 0 when there is none. */
export function majorVersionIn(output: string): number {
  return Number(/(\d+)\./.exec(output)?.[1] ?? 0)
}

/** The tools that the tests can't use as they are. */
async function unusableTools(): Promise<Tool[]> {
  const unusable: Tool[] = []
  for (const tool of TEST_TOOLS) {
    if ((await toolProblem(tool)) !== undefined) unusable.push(tool)
  }
  return unusable
}

/** Makes sure that the tests find their tools; installs or upgrades Debian's packages as root. */
export async function ensureTestTools(): Promise<void> {
  const unusable = await unusableTools()
  if (unusable.length === 0) return
  if (usesApt()) {
    const packages = [...new Set(unusable.map(({ debianPackage }) => debianPackage))]
    await withoutServices(() => ensurePackages(packages, 'the tests', { upgrade: true }))
    const still = await unusableTools()
    if (still.length === 0) return
    throw new SetupFailure(
      `Debian's packages are installed, but the tests still cannot use ${still.map(nameOf).join(', ')}.`,
      'Check the package sources of this system; `npm run doctor` shows what is wrong with each.',
    )
  }
  throw new SetupFailure(
    `The tests need ${unusable.map(nameOf).join(', and ')}.`,
    'Install them and run the same command again; `npm run check` runs what needs none of them.',
  )
}

function nameOf({ commands, minimumVersion }: Tool): string {
  const version = minimumVersion === undefined ? '' : ` (version ${minimumVersion} or newer)`
  return `${commands.join(' or ')}${version}`
}
