/** One line of the doctor's page. */
export type Finding = {
  readonly ok: boolean
  readonly subject: string
  readonly state: string
  /** For what is not well: what to do. */
  readonly remedy?: string
  /** A meeting can be held without it. */
  readonly optional?: boolean
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
