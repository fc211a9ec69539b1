/** What is wrong with a value, as zod says it. */
export interface Issue {
  readonly code?: string | undefined
  readonly path: readonly PropertyKey[]
  readonly message: string
  readonly origin?: string
  readonly format?: string
  readonly minimum?: number | bigint
  readonly maximum?: number | bigint
}

/** Words of forms that belong to no page in particular. */
const issueText = {
  missing: 'Fill this in.',
  choose: 'Choose at least one.',
  email: 'A mail address looks like ana@example.org.',
  number: 'Enter a whole number.',
  wrong: 'This does not fit here.',
  atLeast: (count: number) => `Use at least ${count} characters.`,
  atMost: (count: number) => `Use at most ${count} characters.`,
  notBelow: (least: number) => `Enter ${least} or more.`,
  notAbove: (most: number) => `Enter ${most} or less.`,
} as const

/** Says in plain words what is wrong with `value`. */
export function describeIssue(issue: Issue, value: unknown): string {
  if (value === '' || value === undefined || value === null) return issueText.missing
  switch (issue.code) {
    case 'too_small':
      return tooSmall(issue.origin, Number(issue.minimum))
    case 'too_big':
      return issue.origin === 'string'
        ? issueText.atMost(Number(issue.maximum))
        : issueText.notAbove(Number(issue.maximum))
    case 'invalid_format':
      return issue.format === 'email' ? issueText.email : issueText.wrong
    case 'invalid_type':
      return typeof value === 'number' ? issueText.number : issueText.wrong
    case 'custom':
      return `This ${issue.message}.`
    default:
      return issueText.wrong
  }
}

function tooSmall(origin: string | undefined, minimum: number): string {
  if (origin === 'array') return issueText.choose
  if (origin !== 'string') return issueText.notBelow(minimum)
  return minimum <= 1 ? issueText.missing : issueText.atLeast(minimum)
}
