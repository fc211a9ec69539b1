import { cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { DEFAULT_POLICY, MeetingPolicy } from '@video-meet/protocol'
import { afterEach, expect, test, vi } from 'vitest'
import { Form, SubmitButton } from '../../ui/form/form.tsx'
import { useForm } from '../../ui/form/use-form.ts'
import { PolicyFields } from './policy-fields.tsx'
import { policyInput, policyValues } from './policy-values.ts'

afterEach(cleanup)

interface Given {
  policy?: Partial<MeetingPolicy>
  submit?: (policy: MeetingPolicy) => Promise<unknown>
}

function PolicyForm({ policy, submit = () => Promise.resolve() }: Given) {
  const form = useForm({
    initial: policyValues({ ...DEFAULT_POLICY, ...policy }),
    schema: MeetingPolicy,
    toInput: policyInput,
    submit,
  })
  return (
    <Form form={form}>
      <PolicyFields form={form} />
      <SubmitButton form={form}>Save</SubmitButton>
    </Form>
  )
}

const list = (name: RegExp) => screen.getByRole<HTMLSelectElement>('combobox', { name })
const choose = (name: RegExp, choice: string) => {
  const { value } = within(list(name)).getByRole<HTMLOptionElement>('option', { name: choice })
  fireEvent.change(list(name), { target: { value } })
}

test('what is chosen becomes the policy', async () => {
  const submit = vi.fn<(policy: MeetingPolicy) => Promise<void>>(() => Promise.resolve())
  render(<PolicyForm submit={submit} />)
  choose(/waits until/, 'Everyone who is not invited')
  choose(/turn the camera on/, 'Everyone but guests')
  choose(/change these rules/, 'The host alone')
  choose(/with a time opens/, '15 minutes before it starts')
  fireEvent.click(screen.getByRole('button', { name: 'Save' }))
  await vi.waitFor(() =>
    expect(submit).toHaveBeenCalledWith({
      ...DEFAULT_POLICY,
      waitingRoom: 'not_invited',
      video: 'members',
      settings: 'host',
      opensMinutesBefore: 15,
    }),
  )
})

test('an opening that only a program can set is shown and kept', () => {
  render(<PolicyForm policy={{ opensMinutesBefore: 90 }} />)
  expect(list(/with a time opens/).selectedOptions[0]?.textContent).toBe('90 minutes before it starts')
})
