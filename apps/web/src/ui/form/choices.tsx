import { ChevronDown } from 'lucide-react'
import { useId } from 'react'
import { classNames } from '../../lib/class-names.ts'
import { bind, type BoundProps } from './bound.ts'
import { boxClass, FieldFrame, FieldNotes } from './field-frame.tsx'
import type { FormValues } from './use-form.ts'

export interface Choice {
  readonly value: string
  readonly label: string
}

type SelectProps<Values extends FormValues> = BoundProps<Values, string> & {
  choices: readonly Choice[]
  disabled?: boolean
}

/** One of several, in the browser's own list. */
export function Select<Values extends FormValues>(props: SelectProps<Values>) {
  const { form, name, label, description, className, choices, disabled } = props
  const { value, error, set } = bind<Values, string>(form, name)
  return (
    <FieldFrame label={label} description={description} error={error} className={className}>
      {(control) => (
        <div className="relative">
          <select
            {...control}
            name={name}
            value={value}
            disabled={disabled}
            onChange={({ target }) => set(target.value)}
            className={classNames(boxClass(error !== undefined), 'min-h-11 appearance-none truncate pr-10')}
          >
            {choices.map((choice) => (
              <option key={choice.value} value={choice.value}>
                {choice.label}
              </option>
            ))}
          </select>
          <ChevronDown
            aria-hidden
            className="pointer-events-none absolute top-3.5 right-3.5 size-4 text-soft"
          />
        </div>
      )}
    </FieldFrame>
  )
}

/** Something that is on or off. */
export function Switch<Values extends FormValues>(props: BoundProps<Values, boolean>) {
  const { form, name, label, description, className } = props
  const { value, error, set } = bind<Values, boolean>(form, name)
  const id = useId()
  return (
    <div className={className}>
      <label htmlFor={id} className="flex min-h-11 items-center justify-between gap-4 text-[0.9375rem]">
        {label}
        <input
          id={id}
          type="checkbox"
          role="switch"
          name={name}
          aria-checked={value}
          aria-describedby={description ? `${id}-description` : undefined}
          checked={value}
          onChange={({ target }) => set(target.checked)}
          className="relative h-6 w-11 shrink-0 cursor-pointer appearance-none rounded-full bg-line-strong transition-colors before:absolute before:top-0.5 before:left-0.5 before:size-5 before:rounded-full before:bg-white before:transition-transform checked:bg-accent checked:before:translate-x-5 checked:before:bg-accent-ink"
        />
      </label>
      <FieldNotes id={id} description={description} error={error} />
    </div>
  )
}

type CheckboxesProps<Values extends FormValues> = BoundProps<Values, readonly string[]> & {
  choices: readonly (Choice & { readonly description?: string })[]
}

/** Any of several. */
export function Checkboxes<Values extends FormValues>(props: CheckboxesProps<Values>) {
  const { form, name, label, description, className, choices } = props
  const { value, error, set } = bind<Values, readonly string[]>(form, name)
  const id = useId()
  const toggle = (choice: string, on: boolean): void =>
    set(on ? [...value, choice] : value.filter((it) => it !== choice))
  return (
    <fieldset className={className} aria-describedby={error === undefined ? undefined : `${id}-error`}>
      <legend className="mb-1 text-sm font-medium text-soft">{label}</legend>
      {choices.map((choice) => (
        <label key={choice.value} className="flex min-h-11 items-center gap-3 py-1.5 text-[0.9375rem]">
          <input
            type="checkbox"
            name={name}
            value={choice.value}
            aria-invalid={error !== undefined}
            checked={value.includes(choice.value)}
            onChange={({ target }) => toggle(choice.value, target.checked)}
            className="size-5 shrink-0 accent-accent"
          />
          <span>
            {choice.label}
            {choice.description === undefined ? null : (
              <span className="block text-sm text-soft">{choice.description}</span>
            )}
          </span>
        </label>
      ))}
      <FieldNotes id={id} description={description} error={error} />
    </fieldset>
  )
}
