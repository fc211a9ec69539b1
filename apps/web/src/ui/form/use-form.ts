import { useState } from 'react'
import { failureText, type Failure, toFailure } from '../../lib/failure-text.ts'
import { describeIssue, type Issue } from './issue-text.ts'

export type FieldValue = string | number | boolean | readonly string[]
export type FormValues = Readonly<Record<string, FieldValue>>

/** A schema of the protocol, as forms need it. */
export interface FormSchema<Output> {
  safeParse(
    input: unknown,
  ):
    | { readonly success: true; readonly data: Output }
    | { readonly success: false; readonly error: { readonly issues: readonly Issue[] } }
}

/** What is wrong: by field, or with the whole (`form`). */
export type FormErrors<Values extends FormValues> = { readonly [Name in keyof Values | 'form']?: string }

export interface FormOptions<Values extends FormValues, Output> {
  readonly initial: Values
  /** Of what is sent. An issue belongs to the field that is named as its path, joined with dots. */
  readonly schema: FormSchema<Output>
  /** What is sent; the values themselves when left out. */
  readonly toInput?: (values: Values) => unknown
  /** What the schema cannot see, such as two fields that have to be equal. */
  readonly check?: (values: Values) => FormErrors<Values>
  /** Sends it. What it throws is shown, and nothing that was typed is lost. */
  readonly submit: (output: Output) => Promise<unknown>
  /** Better words for a failure than those that every page has. */
  readonly explain?: (failure: Failure) => FormErrors<Values> | null
}

/** A form at work. */
export interface Form<Values extends FormValues> {
  readonly values: Values
  readonly errors: FormErrors<Values>
  readonly submitting: boolean
  /** Goes up with every submit that did not work, so that the focus can move to what is wrong. */
  readonly refusals: number
  set<Name extends keyof Values>(name: Name, value: Values[Name]): void
  /** Starts over. */
  reset(values?: Values): void
  send(): void
}

interface Progress<Values extends FormValues> {
  readonly errors: FormErrors<Values>
  readonly submitting: boolean
  readonly refusals: number
}

/** The state of a form that a schema of the protocol validates. */
export function useForm<Values extends FormValues, Output>(
  options: FormOptions<Values, Output>,
): Form<Values> {
  const [values, setValues] = useState(options.initial)
  const [progress, setProgress] = useState<Progress<Values>>({ errors: {}, submitting: false, refusals: 0 })
  const { submitting } = progress

  const refuse = (errors: FormErrors<Values>): void =>
    setProgress(({ refusals }) => ({ errors, submitting: false, refusals: refusals + 1 }))

  async function send(): Promise<void> {
    if (submitting) return
    const { output, errors } = validate(options, values)
    if (output === undefined) return refuse(errors)
    setProgress((before) => ({ ...before, errors: {}, submitting: true }))
    try {
      await options.submit(output.data)
      setProgress((before) => ({ ...before, submitting: false }))
    } catch (error) {
      const failure = toFailure(error)
      refuse(options.explain?.(failure) ?? wholeForm(failureText(failure)))
    }
  }

  return {
    values,
    ...progress,
    set(name, value) {
      setValues((before) => ({ ...before, [name]: value }))
      setProgress((before) => ({ ...before, errors: without(before.errors, name) }))
    },
    reset(next) {
      setValues(next ?? options.initial)
      setProgress({ errors: {}, submitting: false, refusals: 0 })
    },
    send: () => void send(),
  }
}

function validate<Values extends FormValues, Output>(
  { schema, toInput, check }: FormOptions<Values, Output>,
  values: Values,
): { output?: { data: Output }; errors: FormErrors<Values> } {
  const own = check?.(values) ?? {}
  const parsed = schema.safeParse(toInput ? toInput(values) : values)
  if (parsed.success && Object.keys(own).length === 0) return { output: parsed, errors: {} }
  const issues = parsed.success ? [] : parsed.error.issues
  return { errors: { ...fromIssues(issues, values), ...own } }
}

function fromIssues<Values extends FormValues>(issues: readonly Issue[], values: Values): FormErrors<Values> {
  const errors: Record<string, string> = {}
  for (const issue of issues) {
    const path = issue.path.map(String)
    // An issue inside a list belongs to the list's field.
    const name = path
      .map((_, index) => path.slice(0, path.length - index).join('.'))
      .find((it) => it in values)
    errors[name ?? 'form'] ??= describeIssue(issue, name === undefined ? issue : values[name])
  }
  return errors as FormErrors<Values>
}

function wholeForm<Values extends FormValues>(sentence: string): FormErrors<Values> {
  return { form: sentence } as FormErrors<Values>
}

function without<Values extends FormValues>(
  errors: FormErrors<Values>,
  name: keyof Values,
): FormErrors<Values> {
  return Object.fromEntries(Object.entries(errors).filter(([field]) => field !== name)) as FormErrors<Values>
}
