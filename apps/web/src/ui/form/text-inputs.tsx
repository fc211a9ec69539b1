import { Eye, EyeOff } from 'lucide-react'
import { type ComponentProps, useState } from 'react'
import { classNames } from '../../lib/class-names.ts'
import { text } from '../../lib/text.ts'
import { bind, type BoundProps } from './bound.ts'
import { boxClass, FieldFrame } from './field-frame.tsx'
import type { FormValues } from './use-form.ts'

type InputAttributes = Pick<
  ComponentProps<'input'>,
  'autoComplete' | 'autoFocus' | 'inputMode' | 'placeholder' | 'spellCheck' | 'disabled' | 'maxLength'
>

type TextInputProps<Values extends FormValues> = BoundProps<Values, string> &
  InputAttributes & { type?: 'text' | 'email' | 'search' | 'date' | 'time' }

/** One line of text. */
export function TextInput<Values extends FormValues>(props: TextInputProps<Values>) {
  const { form, name, label, description, className, type = 'text', ...input } = props
  const { value, error, set } = bind<Values, string>(form, name)
  return (
    <FieldFrame label={label} description={description} error={error} className={className}>
      {(control) => (
        <input
          {...control}
          {...input}
          type={type}
          name={name}
          value={value}
          onChange={({ target }) => set(target.value)}
          className={classNames(boxClass(error !== undefined), 'min-h-11')}
        />
      )}
    </FieldFrame>
  )
}

/** A password, which can be looked at while it is typed. */
export function PasswordInput<Values extends FormValues>(
  props: BoundProps<Values, string> & InputAttributes,
) {
  const { form, name, label, description, className, ...input } = props
  const { value, error, set } = bind<Values, string>(form, name)
  const [shown, setShown] = useState(false)
  const Icon = shown ? EyeOff : Eye
  return (
    <FieldFrame label={label} description={description} error={error} className={className}>
      {(control) => (
        <div className="relative">
          <input
            {...control}
            {...input}
            type={shown ? 'text' : 'password'}
            name={name}
            value={value}
            spellCheck={false}
            autoCapitalize="none"
            onChange={({ target }) => set(target.value)}
            className={classNames(boxClass(error !== undefined), 'min-h-11 pr-12')}
          />
          <button
            type="button"
            aria-label={text.showCharacters}
            title={text.showCharacters}
            aria-pressed={shown}
            onClick={() => setShown(!shown)}
            className="absolute top-0 right-0 inline-flex size-11 items-center justify-center rounded-control text-soft hover:text-ink"
          >
            <Icon aria-hidden className="size-5" />
          </button>
        </div>
      )}
    </FieldFrame>
  )
}

type TextAreaProps<Values extends FormValues> = BoundProps<Values, string> & {
  rows?: number
  placeholder?: string
}

/** Several lines of text. */
export function TextArea<Values extends FormValues>(props: TextAreaProps<Values>) {
  const { form, name, label, description, className, rows = 4, ...area } = props
  const { value, error, set } = bind<Values, string>(form, name)
  return (
    <FieldFrame label={label} description={description} error={error} className={className}>
      {(control) => (
        <textarea
          {...control}
          {...area}
          name={name}
          rows={rows}
          value={value}
          onChange={({ target }) => set(target.value)}
          className={classNames(boxClass(error !== undefined), 'block resize-y py-2.5 leading-relaxed')}
        />
      )}
    </FieldFrame>
  )
}

type NumberInputProps<Values extends FormValues> = BoundProps<Values, string> & {
  min: number
  max: number
  disabled?: boolean
}

/** A whole number, kept as it is typed; `toInput` of the form turns it into a number. */
export function NumberInput<Values extends FormValues>(props: NumberInputProps<Values>) {
  const { form, name, label, description, className, ...input } = props
  const { value, error, set } = bind<Values, string>(form, name)
  return (
    <FieldFrame label={label} description={description} error={error} className={className}>
      {(control) => (
        <input
          {...control}
          {...input}
          type="number"
          inputMode="numeric"
          step={1}
          name={name}
          value={value}
          onChange={({ target }) => set(target.value)}
          className={classNames(boxClass(error !== undefined), 'min-h-11')}
        />
      )}
    </FieldFrame>
  )
}
