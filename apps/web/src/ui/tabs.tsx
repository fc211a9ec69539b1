import { type KeyboardEvent, type ReactNode, useId, useState } from 'react'
import { classNames } from '../lib/class-names.ts'

interface Tab {
  readonly id: string
  readonly label: string
  readonly content: ReactNode
}

const STEP: Readonly<Record<string, (index: number, count: number) => number>> = {
  ArrowRight: (index, count) => (index + 1) % count,
  ArrowLeft: (index, count) => (index - 1 + count) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
}

/** Parts of a dialog, one at a time. Arrow keys move between the tabs, and the part follows. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  const [openId, setOpenId] = useState(tabs[0]?.id)
  const id = useId()
  const open = tabs.find((tab) => tab.id === openId)

  function onKeyDown(event: KeyboardEvent): void {
    const step = STEP[event.key]
    const index = tabs.findIndex((tab) => tab.id === openId)
    const next = step && tabs[step(index, tabs.length)]
    if (!next) return
    event.preventDefault()
    setOpenId(next.id)
    document.getElementById(`${id}-${next.id}`)?.focus()
  }

  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- the tabs inside have the focus */}
      <div
        role="tablist"
        aria-label={label}
        onKeyDown={onKeyDown}
        className="mb-5 flex gap-1 border-b border-line"
      >
        {tabs.map((tab) => (
          <button
            key={tab.id}
            id={`${id}-${tab.id}`}
            type="button"
            role="tab"
            aria-selected={tab.id === openId}
            aria-controls={`${id}-panel`}
            tabIndex={tab.id === openId ? 0 : -1}
            onClick={() => setOpenId(tab.id)}
            className={classNames(
              '-mb-px inline-flex min-h-11 items-center rounded-t-control border-b-2 px-3.5 text-[0.9375rem] font-medium',
              tab.id === openId
                ? 'border-accent text-ink'
                : 'border-transparent text-soft hover:border-line-strong hover:text-ink',
            )}
          >
            {tab.label}
          </button>
        ))}
      </div>
      <div
        key={openId}
        id={`${id}-panel`}
        role="tabpanel"
        aria-labelledby={`${id}-${openId}`}
        className="sm:min-h-96"
      >
        {open?.content}
      </div>
    </>
  )
}
