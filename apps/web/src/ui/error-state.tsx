import { CloudOff } from 'lucide-react'
import { failureText, toFailure } from '../lib/failure-text.ts'
import { text } from '../lib/text.ts'
import { Button } from './button.tsx'

/** Stands where something would be that could not be loaded. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <div
      role="alert"
      className="flex flex-col items-center rounded-card border border-line bg-surface px-6 py-10 text-center"
    >
      <CloudOff aria-hidden className="mb-4 size-8 text-danger-text" />
      <p className="max-w-md text-pretty text-soft">{failureText(toFailure(error))}</p>
      <Button look="secondary" className="mt-5" onClick={onRetry}>
        {text.tryAgain}
      </Button>
    </div>
  )
}
