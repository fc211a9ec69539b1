import { type ReactNode, useId } from 'react'

interface SwitchRowProps {
  label: string
  description?: ReactNode
  on: boolean
  /** Something else decides it. */
  disabled?: boolean
  onChange: (on: boolean) => void
}

/** Something that is on or off, and takes effect at once. */
export function SwitchRow({ label, description, on, disabled = false, onChange }: SwitchRowProps) {
  const id = useId()
  return (
    <div>
      <label htmlFor={id} className="flex min-h-11 items-center justify-between gap-4 text-[0.9375rem]">
        {label}
        <input
          id={id}
          type="checkbox"
          role="switch"
          aria-checked={on}
          aria-describedby={description ? `${id}-description` : undefined}
          checked={on}
          disabled={disabled}
          onChange={({ target }) => onChange(target.checked)}
          className="relative h-6 w-11 shrink-0 cursor-pointer appearance-none rounded-full bg-line-strong transition-colors before:absolute before:top-0.5 before:left-0.5 before:size-5 before:rounded-full before:bg-white before:transition-transform disabled:cursor-default disabled:opacity-50 checked:bg-accent checked:before:translate-x-5 checked:before:bg-accent-ink"
        />
      </label>
      {description ? (
        <p id={`${id}-description`} className="text-sm text-soft">
          {description}
        </p>
      ) : null}
    </div>
  )
}
