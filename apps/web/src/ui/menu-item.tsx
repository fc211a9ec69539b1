import type { LucideIcon } from 'lucide-react'
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
}

/** One thing to do in a menu. */
export function MenuItem({ icon: Icon, children, to, onSelect, danger = false }: MenuItemProps) {
  const close = useContext(MenuContext)
  const select = () => {
    close()
    onSelect?.()
  }
  const look = classNames(LOOK, danger && 'text-danger-text')
  const content = (
    <>
      <Icon aria-hidden className={classNames('size-5 shrink-0', !danger && 'text-soft')} />
      {children}
    </>
  )
  return to === undefined ? (
    <button type="button" role="menuitem" tabIndex={-1} onClick={select} className={look}>
      {content}
    </button>
  ) : (
    <Link to={to} role="menuitem" tabIndex={-1} onClick={select} className={look}>
      {content}
    </Link>
  )
}
