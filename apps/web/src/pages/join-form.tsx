import { type SubmitEvent, useState } from 'react'
import { useNavigate } from 'react-router'
import { thrownText } from '../lib/failure-text.ts'
import { meetingPath } from '../lib/meeting-link.ts'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/text-field.tsx'
import { landingText } from './text.ts'

/** Takes a code or a link of whatever host and goes to that meeting here. */
export function JoinForm() {
  const navigate = useNavigate()
  const [input, setInput] = useState('')
  const [error, setError] = useState<string | null>(null)

  async function join(): Promise<void> {
    const { parseMeetingCode } = await import('../lib/meeting-code.ts')
    const code = parseMeetingCode(input)
    if (code !== null) await navigate(meetingPath(code))
    else setError(input.trim() === '' ? landingText.emptyCode : landingText.wrongCode)
  }

  function submit(event: SubmitEvent): void {
    event.preventDefault()
    join().catch((thrown: unknown) => setError(thrownText(thrown)))
  }

  return (
    <form onSubmit={submit} noValidate>
      <TextField
        label={landingText.fieldLabel}
        placeholder={landingText.fieldPlaceholder}
        value={input}
        onChange={(event) => {
          setInput(event.target.value)
          setError(null)
        }}
        error={error}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        enterKeyHint="go"
        action={
          <Button type="submit" look="secondary">
            {landingText.join}
          </Button>
        }
      />
    </form>
  )
}
