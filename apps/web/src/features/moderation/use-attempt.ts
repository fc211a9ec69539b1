import { useState } from 'react'
import { failureText, toFailure } from '../../lib/failure-text.ts'

/** What a dialog says about the last thing that was done in it. */
export interface Outcome {
  readonly said: string | null
  readonly error: string | null
}

/** Does something that may be refused. What a dialog covers cannot speak for it: it says itself how that went. */
export function useAttempt(): Outcome & {
  readonly attempt: (request: () => Promise<unknown>, done?: string) => void
} {
  const [outcome, setOutcome] = useState<Outcome>({ said: null, error: null })
  async function run(request: () => Promise<unknown>, done: string | null): Promise<void> {
    try {
      await request()
      setOutcome({ said: done, error: null })
    } catch (thrown) {
      setOutcome({ said: null, error: failureText(toFailure(thrown)) })
    }
  }
  return { ...outcome, attempt: (request, done) => void run(request, done ?? null) }
}

/** Hands a part of a dialog what it needs to do something. */
export type Attempt = ReturnType<typeof useAttempt>['attempt']
