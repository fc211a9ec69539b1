import { ChevronDown, type LucideIcon } from 'lucide-react'
import { useId } from 'react'

export interface SelectOption {
  readonly value: string
  readonly label: string
}

interface SelectFieldProps {
  label: string
  icon: LucideIcon
  options: readonly SelectOption[]
  value: string
  /** Said instead of the options when there are none. */
  emptyText: string
  onChange: (value: string) => void
}

/** A labelled choice. The browser's own list, because phones show it best. */
export function SelectField({ label, icon: Icon, options, value, emptyText, onChange }: SelectFieldProps) {
  const id = useId()
  const empty = options.length === 0
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium text-soft">
        {label}
      </label>
      <div className="relative">
        <Icon aria-hidden className="pointer-events-none absolute top-3 left-3.5 size-5 text-soft" />
        <select
          id={id}
          value={empty ? '' : value}
          disabled={empty}
          onChange={(event) => onChange(event.target.value)}
          className="min-h-11 w-full appearance-none truncate rounded-control border border-line-strong/60 bg-surface pr-10 pl-11 text-[0.9375rem] text-ink hover:not-disabled:border-line-strong disabled:text-soft"
        >
          {empty ? <option value="">{emptyText}</option> : null}
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <ChevronDown
          aria-hidden
          className="pointer-events-none absolute top-3.5 right-3.5 size-4 text-soft"
        />
      </div>
    </div>
  )
}
