import type { ReactNode } from 'react'
import type { FieldValue, Form, FormValues } from './use-form.ts'

/** Names of the fields of a form that hold a `Value`. */
export type FieldName<Values extends FormValues, Value extends FieldValue> = {
  [Name in keyof Values & string]: Values[Name] extends Value ? Name : never
}[keyof Values & string]

/** What every field of a form is given. */
export interface BoundProps<Values extends FormValues, Value extends FieldValue> {
  readonly form: Form<Values>
  readonly name: FieldName<Values, Value>
  readonly label: string
  readonly description?: ReactNode
  readonly className?: string
}

/** The value of a field, how to set it, and what is wrong with it. */
export function bind<Values extends FormValues, Value extends FieldValue>(
  form: Form<Values>,
  name: FieldName<Values, Value>,
): { value: Value; error: string | undefined; set: (value: Value) => void } {
  return {
    value: form.values[name] as FieldValue as Value,
    error: form.errors[name],
    set: (value) => form.set(name, value as FieldValue as Values[typeof name]),
  }
}
