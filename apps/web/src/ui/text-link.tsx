import type { ComponentProps } from 'react'
import { Link } from 'react-router'
import { classNames } from '../lib/class-names.ts'

/** A link within or beside text, tall enough for a finger. */
export function TextLink({ className, ...rest }: ComponentProps<typeof Link>) {
  return (
    <Link
      className={classNames(
        'inline-flex min-h-11 items-center rounded-control font-medium text-accent-text underline decoration-accent/40 underline-offset-4 hover:decoration-current',
        className,
      )}
      {...rest}
    />
  )
}
