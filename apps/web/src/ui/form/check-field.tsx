import { useId } from 'react'
import { bind, type BoundProps } from './bound.ts'
import { FieldNotes } from './field-frame.tsx'
import type { FormValues } from './use-form.ts'

/** Something to agree to, with a tick. */
export function CheckField<Values extends FormValues>(props: BoundProps<Values, boolean>) {
  const { form, name, label, description, className } = props
  const { value, error, set } = bind<Values, boolean>(form, name)
  const id = useId()
  return (
    <div className={className}>
      <label className="flex min-h-11 items-center gap-3 py-1.5 text-[0.9375rem]">
        <input
          type="checkbox"
          name={name}
          checked={value}
          aria-describedby={description ? `${id}-description` : undefined}
          onChange={({ target }) => set(target.checked)}
          className="size-5 shrink-0 accent-accent"
        />
        {label}
      </label>
      <FieldNotes id={id} description={description} error={error} />
    </div>
  )
}
