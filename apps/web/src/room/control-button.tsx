import type { LucideIcon } from 'lucide-react'
import { type ComponentProps, type ReactNode, useId } from 'react'
import { classNames } from '../lib/class-names.ts'

type ControlButtonProps = Omit<ComponentProps<'button'>, 'children'> & {
  label: string
  icon: LucideIcon
  /** Shown in the tooltip and told to assistive technology. */
  shortcut?: string | undefined
  /** `alert`: what it controls is off; `on`: what it controls is open or running. */
  look?: 'plain' | 'alert' | 'on' | 'leave'
  badge?: number
  /** What there is to know besides its name. */
  description?: string | undefined
  /** It can be found but not pressed; the description says why. */
  blocked?: boolean
}

const LOOKS = {
  plain: 'bg-control text-ink hover:bg-control-hover',
  alert: 'bg-danger-soft text-danger-text hover:bg-control-hover',
  on: 'bg-accent-soft text-accent-text hover:bg-control-hover',
  leave: 'bg-danger text-danger-ink hover:bg-danger-hover sm:w-16',
} as const

/** A button of the control bar: an icon with its name in a tooltip. */
export function ControlButton({
  label,
  icon: Icon,
  shortcut,
  look = 'plain',
  badge = 0,
  description,
  blocked = false,
  onClick,
  className,
  ...rest
}: ControlButtonProps) {
  const id = useId()
  return (
    <button
      type="button"
      aria-label={label}
      aria-keyshortcuts={shortcut?.toUpperCase()}
      aria-describedby={description === undefined ? undefined : id}
      aria-disabled={blocked || undefined}
      onClick={blocked ? undefined : onClick}
      className={classNames(
        'group relative inline-flex size-11 shrink-0 items-center justify-center rounded-2xl transition-colors sm:size-12',
        LOOKS[look],
        className,
      )}
      {...rest}
    >
      <Icon aria-hidden className={blocked ? 'size-5 opacity-50' : 'size-5'} />
      <span id={id} hidden>
        {description}
      </span>
      {/* Not as text, as the name does not have it: the description says it. */}
      {badge > 0 ? (
        <span
          aria-hidden
          data-count={badge > 99 ? '99+' : badge}
          className="absolute -top-1 -right-1 inline-flex h-5 min-w-5 items-center justify-center rounded-full bg-accent px-1 text-xs font-semibold text-accent-ink before:content-[attr(data-count)]"
        />
      ) : null}
      <Tooltip shortcut={shortcut}>{blocked ? description : label}</Tooltip>
    </button>
  )
}

function Tooltip({ shortcut, children }: { shortcut: string | undefined; children: ReactNode }) {
  return (
    <span
      aria-hidden
      className="pointer-events-none absolute bottom-full mb-2.5 rounded-lg bg-ink px-2.5 py-1.5 text-[0.8125rem] font-medium whitespace-nowrap text-page opacity-0 shadow-high transition-opacity delay-300 group-hover:opacity-100 group-focus-visible:opacity-100 pointer-coarse:hidden"
    >
      {children}
      {/* Not as text: what a button shows as text has to be part of its name, and the key is told by aria-keyshortcuts. */}
      {shortcut === undefined ? null : (
        <kbd
          data-key={shortcut.toUpperCase()}
          className="ml-2 font-sans opacity-65 before:content-[attr(data-key)]"
        />
      )}
    </span>
  )
}
