import { useState } from 'react'

/** A button that opens and closes what stands below it. */
export function useDisclosure(label: string) {
  const [open, setOpen] = useState(false)
  const button = (
    <button
      type="button"
      aria-expanded={open}
      onClick={() => setOpen(!open)}
      className="-ml-2 min-h-11 rounded-control px-2 font-semibold text-accent-text hover:bg-accent-soft"
    >
      {label}
    </button>
  )
  return [open, button] as const
}
