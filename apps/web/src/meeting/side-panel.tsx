import { X } from 'lucide-react'
import { useId, useLayoutEffect, useRef } from 'react'
import { text } from '../lib/text.ts'
import type { Panel } from '../room/panel.ts'
import { useAppDispatch } from '../store/hooks.ts'
import { panelClosed } from '../store/ui-slice.ts'
import { Boundary } from '../ui/boundary.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { panelButtonId } from './panel-button.tsx'
import { controlText } from './text.ts'

/** The open panel: a column beside the stage, on a phone a sheet over it. */
export function SidePanel({ panel }: { panel: Panel }) {
  const ref = useRef<HTMLElement>(null)
  const dispatch = useAppDispatch()
  const titleId = useId()

  const close = () => dispatch(panelClosed())

  // In the layout phase, as the focus can be seen only while the panel is still in the page.
  useLayoutEffect(() => {
    const opened = ref.current
    focusInto(opened)
    return () => {
      const hadFocus = opened?.contains(document.activeElement) ?? false
      if (hadFocus) document.getElementById(panelButtonId(panel.id))?.focus()
    }
  }, [panel.id])

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape closes from wherever the focus is inside
    <aside
      ref={ref}
      aria-labelledby={titleId}
      onKeyDown={(event) => {
        // One that closes a dialog over the panel is not meant for the panel.
        const inDialog = event.target instanceof Element && event.target.closest('dialog') !== null
        if (event.key === 'Escape' && !inDialog) close()
      }}
      className="z-10 flex min-h-0 animate-rise flex-col overflow-hidden rounded-2xl border border-line bg-surface max-md:absolute max-md:inset-x-0 max-md:top-[8%] max-md:bottom-0 max-md:rounded-b-none max-md:shadow-high md:w-88 md:shrink-0"
    >
      <header className="flex items-center justify-between py-2 pr-2 pl-5">
        <h2 id={titleId} tabIndex={-1} className="text-base outline-none font-semibold">
          {panel.title}
        </h2>
        <IconButton label={controlText.closePanel} icon={X} onClick={close} />
      </header>
      <Boundary fallback={<p className="px-5 py-3 text-soft">{text.somethingWrong}</p>}>
        <panel.Content />
      </Boundary>
    </aside>
  )
}

/** Goes to where one writes; on touch screens to the heading, as the keyboard there would cover half of the panel. */
function focusInto(panel: HTMLElement | null): void {
  const field = matchMedia('(pointer: coarse)').matches
    ? null
    : panel?.querySelector<HTMLElement>('[data-panel-focus]')
  const target = field ?? panel?.querySelector<HTMLElement>('h2')
  target?.focus()
}
