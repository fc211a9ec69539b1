import { type ReactNode, useId } from 'react'
import { classNames } from '../../lib/class-names.ts'

/** What a control gets to be tied to its label, description and error. */
export interface ControlProps {
  readonly id: string
  readonly 'aria-invalid': boolean
  readonly 'aria-describedby': string | undefined
}

interface FieldFrameProps {
  label: string
  /** Says what belongs here, before anything is wrong. */
  description?: ReactNode
  error?: string | undefined
  className?: string | undefined
  children: (control: ControlProps) => ReactNode
}

/** Looks of the box that one types or chooses in. */
export function boxClass(invalid: boolean): string {
  return classNames(
    'w-full min-w-0 rounded-control border bg-surface px-3.5 text-base text-ink disabled:bg-sunken disabled:text-soft',
    invalid ? 'border-danger' : 'border-line-strong/60 hover:not-disabled:border-line-strong',
  )
}

/** A control with its label above, and its description and error below. */
export function FieldFrame({ label, description, error, className, children }: FieldFrameProps) {
  const id = useId()
  const ids = [description ? `${id}-description` : '', error ? `${id}-error` : ''].filter(Boolean)
  return (
    <div className={classNames('min-w-0', className)}>
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium text-soft">
        {label}
      </label>
      {children({
        id,
        'aria-invalid': error !== undefined,
        'aria-describedby': ids.length > 0 ? ids.join(' ') : undefined,
      })}
      <FieldNotes id={id} description={description} error={error} />
    </div>
  )
}

interface FieldNotesProps {
  id: string
  description: ReactNode
  error: string | undefined
}

/** Description and error of a field; the error comes first, as it is news. */
export function FieldNotes({ id, description, error }: FieldNotesProps) {
  return (
    <>
      {error === undefined ? null : (
        <p id={`${id}-error`} className="mt-1.5 text-sm text-danger-text">
          {error}
        </p>
      )}
      {description ? (
        <p id={`${id}-description`} className="mt-1.5 text-sm text-soft">
          {description}
        </p>
      ) : null}
    </>
  )
}
