import { type ReactNode, useId } from 'react'
import { classNames } from '../lib/class-names.ts'

interface CardProps {
  title: string
  description?: ReactNode
  /** To the right of the title. */
  action?: ReactNode
  danger?: boolean
  children?: ReactNode
}

/** A part of a page under a heading of its own. */
export function Card({ title, description, action, danger = false, children }: CardProps) {
  const id = useId()
  return (
    <section
      aria-labelledby={id}
      className={classNames(
        'rounded-card border bg-surface p-5 sm:p-6',
        danger ? 'border-danger/50' : 'border-line',
      )}
    >
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-60">
          <h2 id={id} className="text-lg font-semibold tracking-tight">
            {title}
          </h2>
          {description ? <p className="mt-1 text-[0.9375rem] text-pretty text-soft">{description}</p> : null}
        </div>
        {action}
      </div>
      {children ? <div className="mt-5">{children}</div> : null}
    </section>
  )
}
