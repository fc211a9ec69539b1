import type { ComponentProps, ReactNode } from 'react'
import { useId } from 'react'
import { classNames } from '../lib/class-names.ts'

type TextFieldProps = ComponentProps<'input'> & {
  label: string
  /** Shown below the field and read with it. */
  error?: string | null
  /** Stands to the right of the field, on one line with it. */
  action?: ReactNode
}

/** A labelled line of text with its error. */
export function TextField({ label, error, action, className, ...input }: TextFieldProps) {
  const id = useId()
  const errorId = `${id}-error`
  const invalid = error != null
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium text-soft">
        {label}
      </label>
      <div className="flex gap-2">
        <input
          id={id}
          aria-invalid={invalid}
          aria-describedby={invalid ? errorId : undefined}
          className={classNames(
            'min-h-11 w-full min-w-0 rounded-control border bg-surface px-3.5 text-base text-ink',
            invalid ? 'border-danger' : 'border-line-strong/60 hover:border-line-strong',
          )}
          {...input}
        />
        {action}
      </div>
      <p id={errorId} role="alert" className="mt-1.5 text-sm text-danger-text empty:hidden">
        {error}
      </p>
    </div>
  )
}
