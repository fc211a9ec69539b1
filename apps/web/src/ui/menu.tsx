import {
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

interface MenuProps {
  /** Name of the button that opens it. */
  label: string
  /** What the button shows. */
  trigger: ReactNode
  triggerClassName?: string
  children: ReactNode
}

const STEP: Readonly<Record<string, (index: number, count: number) => number>> = {
  ArrowDown: (index, count) => (index + 1) % count,
  ArrowUp: (index, count) => (index - 1 + count) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
}

/** A button that opens a list of things to do. Arrow keys move in it, Escape closes it. */
export function Menu({ label, trigger, triggerClassName, children }: MenuProps) {
  const [open, setOpen] = useState(false)
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

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys bubble up from the button and its list
    <div ref={root} className="relative" onKeyDown={onKeyDown}>
      <button
        ref={button}
        type="button"
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
        className={triggerClassName}
      >
        {trigger}
        <span className="sr-only">{label}</span>
      </button>
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
    if (list.current && anchor.current) placeBelow(list.current, anchor.current)
    itemsOf(list.current)[0]?.focus()
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
      tabIndex={-1}
      aria-label={label}
      onKeyDown={onKeyDown}
      className={classNames(
        'fixed z-40 min-w-56 animate-appear rounded-2xl border border-line bg-surface p-1.5 text-ink shadow-high',
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
  return Array.from(list?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])
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
    // The list stands where its button was: it does not follow a page that scrolls away under it.
    const scrolled = () => onPress()
    document.addEventListener('pointerdown', outside)
    window.addEventListener('scroll', scrolled, { passive: true })
    return () => {
      document.removeEventListener('pointerdown', outside)
      window.removeEventListener('scroll', scrolled)
    }
  })
}
