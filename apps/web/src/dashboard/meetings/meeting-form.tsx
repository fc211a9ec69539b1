import { createMeeting, type Meeting, updateMeeting } from '@video-meet/protocol'
import { useState } from 'react'
import { ScheduleFields } from '../../features/scheduling/schedule-fields.tsx'
import { scheduleInput, scheduleValues } from '../../features/scheduling/schedule-values.ts'
import { text } from '../../lib/text.ts'
import { meetingsApi } from '../../store/api/meetings-api.ts'
import { useOnce } from '../../store/use-once.ts'
import { useUser } from '../../store/use-user.ts'
import { Button } from '../../ui/button.tsx'
import { Switch } from '../../ui/form/choices.tsx'
import { Form, SubmitButton } from '../../ui/form/form.tsx'
import { PasswordInput, TextArea, TextInput } from '../../ui/form/text-inputs.tsx'
import { type FormErrors, useForm } from '../../ui/form/use-form.ts'
import { PolicyFields } from '../templates/policy-fields.tsx'
import { policyInput, policyValues } from '../templates/policy-values.ts'
import { addressesIn, wrongAddressIn } from './invite-list.ts'
import { clearDraft, readDraft, useDraft } from './meeting-draft.ts'
import { TemplateChoice } from './template-choice.tsx'
import { formText } from './text.ts'

interface MeetingFormProps {
  /** Undefined: a new one. */
  meeting: Meeting | undefined
  /** Whether a new one is to have a time. */
  planned: boolean
  onDone: (meeting: Meeting) => void
  onCancel: () => void
}

/** Makes a meeting or changes one. What is typed into a new one survives a reload. */
export function MeetingForm({ meeting, planned, onDone, onCancel }: MeetingFormProps) {
  const save = useSaving(meeting)
  const form = useForm({
    initial: useInitial(meeting, planned),
    schema: meeting ? updateMeeting.body : createMeeting.body,
    toInput: (values) => toInput(values, meeting),
    check,
    submit: async (body) => {
      const saved = await save(body)
      clearDraft()
      onDone(saved)
    },
    explain: ({ code }) => (code === 'version_changed' ? { form: formText.changed } : null),
  })
  useDraft(form.values, meeting === undefined)
  return (
    <Form form={form}>
      {meeting ? null : <TemplateChoice form={form} />}
      <TextInput form={form} name="title" label={formText.title} autoComplete="off" />
      <Switch form={form} name="planned" label={formText.planned} />
      {form.values.planned ? <ScheduleFields form={form} /> : null}
      {meeting ? null : (
        <TextArea
          form={form}
          name="invite"
          label={formText.invite}
          description={formText.inviteHint}
          rows={3}
          placeholder="ana@example.org, ben@example.org"
        />
      )}
      <TextArea form={form} name="description" label={formText.description} rows={3} />
      <TextArea form={form} name="agenda" label={formText.agenda} rows={3} />
      <details className="rounded-card border border-line px-4">
        <summary className="flex min-h-12 cursor-pointer items-center font-semibold">
          {formText.settings}
        </summary>
        <div className="flex flex-col gap-5 pb-5">
          <PasswordInput
            form={form}
            name="password"
            label={formText.password}
            description={meeting?.hasPassword ? formText.passwordKept : formText.passwordHint}
            autoComplete="off"
          />
          {meeting?.hasPassword ? (
            <Switch form={form} name="removePassword" label={formText.removePassword} />
          ) : null}
          <PolicyFields form={form} />
        </div>
      </details>
      <div className="flex flex-wrap justify-end gap-3">
        <Button look="secondary" onClick={onCancel}>
          {text.cancel}
        </Button>
        <SubmitButton form={form}>{submitText(meeting, form.values.planned)}</SubmitButton>
      </div>
    </Form>
  )
}

function submitText(meeting: Meeting | undefined, planned: boolean): string {
  if (meeting) return text.save
  return planned ? formText.createPlanned : formText.create
}

export type MeetingValues = ReturnType<typeof initialValues>

function initialValues(meeting: Meeting | undefined, options: { planned: boolean; timeZone: string }) {
  const { schedule = null, title = '', details } = meeting ?? {}
  const { description = '', agenda = '', policy } = details ?? {}
  return {
    templateId: '',
    title,
    planned: meeting ? schedule !== null : options.planned,
    ...scheduleValues(schedule, options.timeZone),
    invite: '',
    description,
    agenda,
    password: '',
    removePassword: false,
    ...policyValues(policy),
  }
}

function useInitial(meeting: Meeting | undefined, planned: boolean): MeetingValues {
  const { timeZone } = useUser()
  const [initial] = useState(() => {
    const values = initialValues(meeting, { planned, timeZone })
    return meeting ? values : { ...values, ...readDraft(values), planned }
  })
  return initial
}

function toInput(values: MeetingValues, meeting: Meeting | undefined): object {
  const title = values.title.trim()
  const schedule = values.planned ? scheduleInput(values, meeting?.schedule ?? null) : null
  const shared = {
    ...(title !== '' && { title }),
    description: values.description,
    agenda: values.agenda,
    policy: policyInput(values),
  }
  if (meeting) return { ...shared, schedule, ...passwordChange(values) }
  const addresses = addressesIn(values.invite)
  return {
    ...shared,
    ...(schedule && { schedule }),
    ...(values.password !== '' && { password: values.password }),
    ...(addresses.length > 0 && { invite: addresses.map((email) => ({ email })) }),
  }
}

function passwordChange({ password, removePassword }: MeetingValues): object {
  if (password !== '') return { password }
  return removePassword ? { password: null } : {}
}

/** What the schema names after its own fields, or cannot see. */
function check(values: MeetingValues): FormErrors<MeetingValues> {
  const invite = wrongAddressIn(values.invite)
  const timeMissing = values.planned && (values.date === '' || values.time === '')
  return {
    ...(invite !== undefined && { invite }),
    ...(timeMissing && { date: formText.timeMissing }),
  }
}

type Body = ReturnType<typeof createMeeting.body.parse> | ReturnType<typeof updateMeeting.body.parse>

function useSaving(meeting: Meeting | undefined): (body: Body) => Promise<Meeting> {
  const [create] = meetingsApi.useCreateMeetingMutation()
  const [update] = meetingsApi.useUpdateMeetingMutation()
  const once = useOnce()
  return (body) => {
    if (!meeting) {
      const input = createMeeting.body.parse(body)
      return once(input, (idempotencyKey) => create({ body: input, options: { idempotencyKey } }).unwrap())
    }
    const version = meeting.details?.version
    const options = version === undefined ? {} : { ifMatch: version }
    return update({ params: { id: meeting.id }, body: updateMeeting.body.parse(body), options }).unwrap()
  }
}
