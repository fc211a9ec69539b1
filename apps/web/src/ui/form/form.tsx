import { CircleAlert } from 'lucide-react'
import { type ReactNode, type SubmitEvent, useLayoutEffect, useRef } from 'react'
import { classNames } from '../../lib/class-names.ts'
import { text } from '../../lib/text.ts'
import { Button } from '../button.tsx'
import { Spinner } from '../spinner.tsx'
import type { Form as FormState, FormValues } from './use-form.ts'

interface FormProps<Values extends FormValues> {
  form: FormState<Values>
  className?: string
  children: ReactNode
}

/** A form whose fields are bound to `form`. After a refusal the focus is on the first field that is wrong. */
export function Form<Values extends FormValues>({ form, className, children }: FormProps<Values>) {
  const ref = useRef<HTMLFormElement>(null)
  const { refusals } = form
  // Together with what is wrong, so that nobody types on into the old field.
  useLayoutEffect(() => {
    if (refusals === 0) return
    const wrong = ref.current?.querySelector<HTMLElement>('[aria-invalid="true"]')
    ;(wrong ?? ref.current?.querySelector<HTMLElement>('[data-summary]'))?.focus()
  }, [refusals])

  function submit(event: SubmitEvent): void {
    event.preventDefault()
    event.stopPropagation()
    form.send()
  }

  return (
    <form ref={ref} noValidate onSubmit={submit} className={classNames('flex flex-col gap-5', className)}>
      <ErrorSummary form={form} />
      {children}
    </form>
  )
}

function ErrorSummary<Values extends FormValues>({ form: { errors } }: { form: FormState<Values> }) {
  const fields = Object.keys(errors).filter((name) => name !== 'form').length
  const sentence = errors.form ?? (fields > 1 ? text.fieldsWrong(fields) : null)
  return (
    <div role="alert" className="empty:hidden">
      {sentence === null ? null : (
        <p
          data-summary
          tabIndex={-1}
          className="flex gap-3 rounded-control bg-danger-soft px-4 py-3 text-[0.9375rem] text-danger-text"
        >
          <CircleAlert aria-hidden className="mt-0.5 size-5 shrink-0" />
          {sentence}
        </p>
      )}
    </div>
  )
}

interface SubmitButtonProps<Values extends FormValues> {
  form: FormState<Values>
  look?: 'primary' | 'secondary' | 'danger'
  className?: string
  children: ReactNode
}

/** Sends the form. Stays focusable while it is being sent; a second press does nothing. */
export function SubmitButton<Values extends FormValues>({
  form,
  look = 'primary',
  className = '',
  children,
}: SubmitButtonProps<Values>) {
  return (
    <Button type="submit" look={look} aria-disabled={form.submitting} className={className}>
      {form.submitting ? <Spinner /> : null}
      {children}
    </Button>
  )
}
