import { Check, type LucideIcon } from 'lucide-react'
import { type ReactNode, useContext } from 'react'
import { Link } from 'react-router'
import { classNames } from '../lib/class-names.ts'
import { MenuContext } from './menu-context.ts'

const LOOK =
  'flex min-h-11 w-full items-center gap-3 rounded-control px-3 text-left text-[0.9375rem] hover:bg-control focus:bg-control focus:outline-none'

interface MenuItemProps {
  icon: LucideIcon
  children: ReactNode
  /** Where it leads, or what it does. */
  to?: string
  onSelect?: () => void
  danger?: boolean
  /** Says whether it is chosen, for one of several. */
  checked?: boolean
  disabled?: boolean
}

/** One thing to do in a menu. */
export function MenuItem({ icon: Icon, children, to, onSelect, ...state }: MenuItemProps) {
  const { danger = false, checked, disabled = false } = state
  const close = useContext(MenuContext)
  const select = () => {
    if (disabled) return
    close()
    onSelect?.()
  }
  const look = classNames(LOOK, danger && 'text-danger-text', disabled && 'opacity-55')
  const content = (
    <>
      <Icon aria-hidden className={classNames('size-5 shrink-0', !danger && 'text-soft')} />
      {children}
      {checked ? <Check aria-hidden className="ml-auto size-5 shrink-0 text-accent-text" /> : null}
    </>
  )
  return to === undefined ? (
    <button
      type="button"
      role={checked === undefined ? 'menuitem' : 'menuitemradio'}
      aria-checked={checked}
      aria-disabled={disabled || undefined}
      tabIndex={-1}
      onClick={select}
      className={look}
    >
      {content}
    </button>
  ) : (
    <Link to={to} role="menuitem" tabIndex={-1} onClick={select} className={look}>
      {content}
    </Link>
  )
}
