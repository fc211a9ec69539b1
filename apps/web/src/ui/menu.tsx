import {
  type ComponentProps,
  type ComponentType,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { classNames } from '../lib/class-names.ts'
import { MenuContext } from './menu-context.ts'

/** What the button of a menu has to have. */
export type MenuButtonProps = Pick<
  ComponentProps<'button'>,
  'ref' | 'aria-haspopup' | 'aria-expanded' | 'aria-controls' | 'onClick'
>

interface MenuProps {
  /** Name of the button that opens it. */
  label: string
  /** What the button shows. */
  trigger?: ReactNode
  triggerClassName?: string
  /** Another button than the plain one. */
  Button?: ComponentType<MenuButtonProps>
  /** It was asked for before it was here. */
  startsOpen?: boolean
  children: ReactNode
}

const STEP: Readonly<Record<string, (index: number, count: number) => number>> = {
  ArrowDown: (index, count) => (index + 1) % count,
  ArrowUp: (index, count) => (index - 1 + count) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
}

/** A button that opens a list of things to do. Arrow keys move in it, Escape closes it. */
export function Menu({ label, trigger, triggerClassName, Button, startsOpen = false, children }: MenuProps) {
  const [open, setOpen] = useState(startsOpen)
  const id = useId()
  const root = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  useOutsidePress(root, open, () => setOpen(false))

  function close(): void {
    setOpen(false)
    button.current?.focus()
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape' && open) {
      event.stopPropagation()
      close()
    } else if (event.key === 'Tab') setOpen(false)
    else if (event.key === 'ArrowDown' && !open) {
      event.preventDefault()
      setOpen(true)
    }
  }

  const props: Omit<MenuButtonProps, 'ref'> = {
    'aria-haspopup': 'menu',
    'aria-expanded': open,
    'aria-controls': open ? id : undefined,
    onClick: () => setOpen(!open),
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys bubble up from the button and its list
    <div ref={root} className="relative" onKeyDown={onKeyDown}>
      {Button ? (
        <Button ref={button} {...props} />
      ) : (
        <button ref={button} {...props} type="button" className={triggerClassName}>
          {trigger}
          <span className="sr-only">{label}</span>
        </button>
      )}
      {open ? (
        <MenuContext value={close}>
          <MenuList id={id} label={label} anchor={button}>
            {children}
          </MenuList>
        </MenuContext>
      ) : null}
    </div>
  )
}

interface MenuListProps {
  id: string
  label: string
  anchor: { readonly current: HTMLElement | null }
  children: ReactNode
}

function MenuList({ id, label, anchor, children }: MenuListProps) {
  const list = useRef<HTMLDivElement>(null)

  useLayoutEffect(() => {
    const [shown, button] = [list.current, anchor.current]
    if (shown === null || button === null) return
    // Over everything else, wherever the button stands. Older browsers have to do with the z-index.
    shown.showPopover?.()
    placeBelow(shown, button)
    itemsOf(shown)[0]?.focus({ preventScroll: true })
    const follow = ({ target }: Event) => {
      if (target instanceof Element && !shown.contains(target)) placeBelow(shown, button)
    }
    document.addEventListener('scroll', follow, { passive: true, capture: true })
    return () => document.removeEventListener('scroll', follow, { capture: true })
  }, [anchor])

  function onKeyDown(event: KeyboardEvent): void {
    const items = itemsOf(list.current)
    const index = items.findIndex((item) => item === document.activeElement)
    const next = STEP[event.key]?.(index, items.length)
    if (next === undefined) return
    event.preventDefault()
    items[next]?.focus()
  }

  return (
    <div
      ref={list}
      id={id}
      role="menu"
      popover="manual"
      tabIndex={-1}
      aria-label={label}
      onKeyDown={onKeyDown}
      className={classNames(
        'fixed z-40 max-h-[calc(100dvh-1rem)] min-w-56 animate-appear overflow-y-auto rounded-2xl border border-line bg-surface p-1.5 text-ink shadow-high',
      )}
    >
      {children}
    </div>
  )
}

/** Under the button, its right edge along that of the button, inside the window; above it where there is no room. */
function placeBelow(list: HTMLElement, anchor: HTMLElement): void {
  const at = anchor.getBoundingClientRect()
  const { offsetWidth, offsetHeight } = list
  const fits = at.bottom + offsetHeight + 12 <= innerHeight
  list.style.top = `${fits ? at.bottom + 6 : Math.max(8, at.top - offsetHeight - 6)}px`
  list.style.left = `${Math.max(8, Math.min(at.right, innerWidth - 8) - offsetWidth)}px`
}

function itemsOf(list: HTMLElement | null): HTMLElement[] {
  return Array.from(list?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])
}

function useOutsidePress(
  root: { readonly current: HTMLElement | null },
  active: boolean,
  onPress: () => void,
): void {
  useEffect(() => {
    if (!active) return
    const outside = (event: Event) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) onPress()
    }
    const scrolled = () => onPress()
    document.addEventListener('pointerdown', outside)
    // It follows its button inside the page, and not a page that scrolls away under it.
    window.addEventListener('scroll', scrolled, { passive: true })
    return () => {
      document.removeEventListener('pointerdown', outside)
      window.removeEventListener('scroll', scrolled)
    }
  })
}
