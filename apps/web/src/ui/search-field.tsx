import { Search } from 'lucide-react'
import { useId } from 'react'
import { boxClass } from './form/field-frame.tsx'

interface SearchFieldProps {
  label: string
  value: string
  onChange: (value: string) => void
}

/** Narrows a list down while one types. */
export function SearchField({ label, value, onChange }: SearchFieldProps) {
  const id = useId()
  return (
    <div className="w-full max-w-sm">
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium text-soft">
        {label}
      </label>
      <div className="relative">
        <Search aria-hidden className="pointer-events-none absolute top-3 left-3.5 size-5 text-soft" />
        <input
          id={id}
          type="search"
          value={value}
          maxLength={100}
          autoComplete="off"
          onChange={({ target }) => onChange(target.value)}
          className={`${boxClass(false)} min-h-11 pl-11`}
        />
      </div>
    </div>
  )
}
