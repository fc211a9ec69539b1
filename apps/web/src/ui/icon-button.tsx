import type { LucideIcon } from 'lucide-react'
import type { ComponentProps } from 'react'
import { classNames } from '../lib/class-names.ts'

/** A small square button that shows only an icon; `label` is its name and its tooltip, `colors` its classes of colour. */
export function IconButton({
  label,
  icon: Icon,
  colors = 'text-soft hover:bg-control hover:text-ink',
  className,
  ...rest
}: Omit<ComponentProps<'button'>, 'children'> & { label: string; icon: LucideIcon; colors?: string }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={classNames(
        'inline-flex size-11 shrink-0 items-center justify-center rounded-control transition-colors',
        colors,
        className,
      )}
      {...rest}
    >
      <Icon aria-hidden className="size-5" />
    </button>
  )
}
