import type { ComponentProps } from 'react'
import { Link } from 'react-router'
import { classNames } from '../lib/class-names.ts'

type Look = 'primary' | 'secondary' | 'quiet' | 'danger'

const SHAPE =
  'inline-flex min-h-11 items-center justify-center gap-2 rounded-control px-5 text-[0.9375rem] font-semibold whitespace-nowrap transition-colors disabled:opacity-55'

const LOOKS: Record<Look, string> = {
  primary: 'bg-accent text-accent-ink hover:not-disabled:bg-accent-hover',
  secondary: 'border border-line-strong/45 bg-surface text-ink hover:not-disabled:bg-control',
  quiet: 'text-accent-text hover:not-disabled:bg-accent-soft',
  danger: 'bg-danger text-danger-ink hover:not-disabled:bg-danger-hover',
}

/** A push button with words. Never submits a form unless told so. */
export function Button({
  look = 'primary',
  className,
  type = 'button',
  ...rest
}: ComponentProps<'button'> & { look?: Look }) {
  return <button type={type} className={classNames(SHAPE, LOOKS[look], className)} {...rest} />
}

/** A link to another page of the app that looks like a button. */
export function ButtonLink({
  look = 'secondary',
  className,
  ...rest
}: ComponentProps<typeof Link> & { look?: Look }) {
  return <Link className={classNames(SHAPE, LOOKS[look], className)} {...rest} />
}
