import { hasCommand } from '../lib/child-process.ts'
import { SetupFailure } from '../lib/failure.mjs'
import { ensurePackages, usesApt } from '../lib/system-packages.ts'

export type Tool = {
  /** Any of these commands will do. */
  readonly commands: readonly string[]
  readonly debianPackage: string
  readonly purpose: string
}

/** What the browser stories need besides the npm packages. */
export const TEST_TOOLS: readonly Tool[] = [
  {
    commands: ['chromium', 'chromium-browser', 'google-chrome'],
    debianPackage: 'chromium',
    purpose: 'the browser of the stories',
  },
  { commands: ['ffmpeg'], debianPackage: 'ffmpeg', purpose: 'what their fake cameras and microphones play' },
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

/** Makes sure that the tests find a browser and ffmpeg; installs Debian's when root. */
export async function ensureTestTools(): Promise<void> {
  const missing = await missingTestTools()
  if (missing.length === 0) return
  if (usesApt()) {
    await ensurePackages(
      missing.map(({ debianPackage }) => debianPackage),
      'the tests',
    )
    return
  }
  throw new SetupFailure(
    `The tests need ${missing.map(({ commands }) => commands.join(' or ')).join(', and ')}.`,
    'Install them and run the same command again; `npm run check` runs what needs no browser.',
  )
}
