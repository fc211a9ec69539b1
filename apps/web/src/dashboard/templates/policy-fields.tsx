import type { ReactNode } from 'react'
import { type Choice, Select, Switch } from '../../ui/form/choices.tsx'
import { NumberInput } from '../../ui/form/text-inputs.tsx'
import type { Form, FormValues } from '../../ui/form/use-form.ts'
import { numberFrom, type PolicyValues } from './policy-values.ts'
import { policyText, templateText } from './text.ts'

type ChoiceName = 'join' | 'waitingRoom' | 'talk' | 'video' | 'share' | 'chat' | 'settings' | 'topology'

/** What is offered for when a meeting opens, in minutes before its start. */
const OPENING_MINUTES = [0, 5, 15, 30]

/** The fields of a policy, for any form that has `PolicyValues` among its values. */
export function PolicyFields<Values extends FormValues & PolicyValues>({ form }: { form: Form<Values> }) {
  // A form with more fields is a form with these.
  const policyForm = form as unknown as Form<PolicyValues>
  return (
    <>
      <Group title={templateText.form.people}>
        <PolicyChoice form={policyForm} name="join" />
        <PolicyChoice form={policyForm} name="waitingRoom" />
        <Opening form={policyForm} />
        <Switch
          form={policyForm}
          name="policy.joinBeforeHost"
          label={policyText.joinBeforeHost}
          className="sm:col-span-2"
        />
        <Switch
          form={policyForm}
          name="policy.startMuted"
          label={policyText.startMuted}
          className="sm:col-span-2"
        />
      </Group>
      <Group title={templateText.form.call}>
        <PolicyChoice form={policyForm} name="talk" />
        <PolicyChoice form={policyForm} name="video" />
        <PolicyChoice form={policyForm} name="share" />
        <PolicyChoice form={policyForm} name="chat" />
        <PolicyChoice form={policyForm} name="settings" />
        <PolicyChoice form={policyForm} name="topology" />
      </Group>
      <Group title={templateText.form.record}>
        <NumberInput
          form={policyForm}
          name="policy.maxMinutes"
          label={policyText.maxMinutes}
          description={policyText.maxMinutesHint}
          min={5}
          max={1440}
        />
        <NumberInput
          form={policyForm}
          name="policy.expiresAfterHours"
          label={policyText.expiresAfterHours}
          description={policyText.expiresAfterHoursHint}
          min={1}
          max={8760}
        />
        <NumberInput
          form={policyForm}
          name="policy.retentionDays"
          label={policyText.retentionDays}
          description={policyText.retentionDaysHint}
          min={1}
          max={3650}
        />
      </Group>
    </>
  )
}

function PolicyChoice({ form, name }: { form: Form<PolicyValues>; name: ChoiceName }) {
  const { label, choices } = policyText[name]
  return <Select form={form} name={`policy.${name}`} label={label} choices={choicesOf(choices)} />
}

/** When a scheduled meeting opens; what a template or a program has set besides is offered too. */
function Opening({ form }: { form: Form<PolicyValues> }) {
  const words = policyText.opensMinutesBefore
  const minutes = new Set([...OPENING_MINUTES, numberFrom(form.values['policy.opensMinutesBefore']) ?? 0])
  const choices = [
    { value: '', label: words.anyTime },
    ...[...minutes]
      .toSorted((a, b) => a - b)
      .map((it) => ({
        value: String(it),
        label: it === 0 ? words.atStart : words.before(it),
      })),
  ]
  return (
    <Select
      form={form}
      name="policy.opensMinutesBefore"
      label={words.label}
      description={words.description}
      choices={choices}
    />
  )
}

function choicesOf(words: Readonly<Record<string, string>>): Choice[] {
  return Object.entries(words).map(([value, label]) => ({ value, label }))
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="border-t border-line pt-4">
      <legend className="float-left mb-3 w-full font-semibold">{title}</legend>
      <div className="clear-both grid items-start gap-x-5 gap-y-4 sm:grid-cols-2">{children}</div>
    </fieldset>
  )
}
