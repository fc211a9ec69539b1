import process from 'node:process'

/** A step that did not work, in words for the person at the terminal: what failed, and what to do about it. */
export class SetupFailure extends Error {
  /**
   * @param {string} what
   * @param {string} remedy
   * @param {{ details?: string | undefined, cause?: unknown }} [more]
   */
  constructor(what, remedy, more = {}) {
    super(what, { cause: more.cause })
    this.name = 'SetupFailure'
    this.remedy = remedy
    /** Output of the tool that failed, shown above the message. */
    this.details = more.details
  }
}

/** @param {unknown} error */
export function printFailure(error) {
  if (!(error instanceof SetupFailure)) {
    console.error(error)
    return
  }
  if (error.details) console.error(`\n${error.details.trimEnd()}`)
  console.error(`\n✗ ${error.message}`)
  console.error(`  What to do: ${error.remedy.replaceAll('\n', '\n  ')}`)
}

/**
 * Runs a command's main function; a failure is printed and becomes the exit code.
 *
 * @param {() => Promise<void>} main
 */
export async function runMain(main) {
  try {
    await main()
  } catch (error) {
    printFailure(error)
    process.exitCode = 1
  }
}
