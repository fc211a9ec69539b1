import { type SubmitEvent, useEffect, useRef } from 'react'
import { Button } from '../../ui/button.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { preJoinText } from '../text.ts'
import type { Entry } from './use-entry.ts'

const NAME_MAX_LENGTH = 64

interface EntryFormProps {
  title: string
  entry: Entry
  /** Whether somebody will have to let the person in. */
  asks: boolean
}

/** Who comes, and the button that takes them in. */
export function EntryForm({ title, entry, asks }: EntryFormProps) {
  const { name, password, needsPassword, errors, joining } = entry
  const nameField = useRef<HTMLInputElement>(null)
  const passwordField = useRef<HTMLInputElement>(null)

  useEffect(() => {
    if (errors.name !== undefined) nameField.current?.focus()
    else if (errors.password !== undefined) passwordField.current?.focus()
  }, [errors.name, errors.password])

  function submit(event: SubmitEvent): void {
    event.preventDefault()
    entry.submit()
  }

  return (
    <form onSubmit={submit} noValidate>
      <h1
        className="mb-5 text-2xl leading-tight font-semibold tracking-tight text-balance break-words sm:text-3xl"
        dir="auto"
      >
        {title}
      </h1>
      <TextField
        label={preJoinText.nameLabel}
        placeholder={preJoinText.namePlaceholder}
        value={name}
        maxLength={NAME_MAX_LENGTH}
        onChange={({ target }) => entry.change('name', target.value)}
        error={errors.name ?? null}
        ref={nameField}
        dir="auto"
        autoComplete="name"
        enterKeyHint="go"
        autoFocus={matchMedia('(pointer: fine)').matches}
      />
      {needsPassword ? (
        <div className="mt-4">
          <TextField
            label={preJoinText.passwordLabel}
            type="password"
            value={password}
            maxLength={128}
            onChange={({ target }) => entry.change('password', target.value)}
            error={errors.password ?? null}
            ref={passwordField}
            autoComplete="off"
          />
        </div>
      ) : null}
      <Button type="submit" className="mt-4 min-h-12 w-full" disabled={joining}>
        {joining ? <Spinner /> : null}
        {joining ? preJoinText.joining : preJoinText[asks ? 'askToJoin' : 'joinNow']}
      </Button>
      <p role="alert" className="mt-2 text-sm text-danger-text empty:hidden">
        {errors.form}
      </p>
    </form>
  )
}
