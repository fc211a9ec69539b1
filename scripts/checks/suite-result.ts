/** What one check or test suite found. */
export type SuiteResult = {
  readonly name: string
  readonly passed: number
  readonly failed: number
  /** Names of the tests that were skipped. */
  readonly skipped: readonly string[]
  /** What the tool said, shown when something failed. */
  readonly details: string
}

/** A static check counts as one test. */
export const asOneCheck = (name: string, ok: boolean, details: string): SuiteResult => ({
  name,
  passed: ok ? 1 : 0,
  failed: ok ? 0 : 1,
  skipped: [],
  details,
})

/** A suite that ended before it could report: one failure, so that it cannot pass unnoticed. */
export const asCrash = (name: string, details: string): SuiteResult => asOneCheck(name, false, details)
