import { timeZoneChoices } from '../../lib/locale-choices.ts'
import { Select } from '../../ui/form/choices.tsx'
import { NumberInput, TextInput } from '../../ui/form/text-inputs.tsx'
import type { Form, FormValues } from '../../ui/form/use-form.ts'
import type { ScheduleValues } from './schedule-values.ts'
import { scheduleText } from './text.ts'

interface ScheduleFieldsProps<Values extends FormValues & ScheduleValues> {
  form: Form<Values>
  /** A proposal moves a meeting, and leaves it as often as it is. */
  withRecurrence?: boolean
}

/** When a meeting is. */
export function ScheduleFields<Values extends FormValues & ScheduleValues>({
  form,
  withRecurrence = true,
}: ScheduleFieldsProps<Values>) {
  // A form with more fields is a form with these.
  const fields = form as unknown as Form<ScheduleValues>
  return (
    <div className="grid items-start gap-x-5 gap-y-4 sm:grid-cols-2">
      <TextInput form={fields} name="date" type="date" label={scheduleText.date} />
      <TextInput form={fields} name="time" type="time" label={scheduleText.time} />
      <NumberInput form={fields} name="durationMinutes" label={scheduleText.duration} min={5} max={1440} />
      <Select
        form={fields}
        name="timeZone"
        label={scheduleText.timeZone}
        choices={timeZoneChoices(fields.values.timeZone)}
      />
      {withRecurrence ? <RecurrenceFields form={fields} /> : null}
    </div>
  )
}

function RecurrenceFields({ form }: { form: Form<ScheduleValues> }) {
  const { repeat, ends } = form.values
  const repeats = Object.entries(scheduleText.repeats).filter(
    ([value]) => value !== 'custom' || repeat === 'custom',
  )
  return (
    <>
      <Select form={form} name="repeat" label={scheduleText.repeat} choices={repeats.map(toChoice)} />
      {repeat === 'never' || repeat === 'custom' ? null : (
        <>
          <Select
            form={form}
            name="ends"
            label={scheduleText.ends}
            choices={Object.entries(scheduleText.endings).map(toChoice)}
          />
          {ends === 'count' ? (
            <NumberInput form={form} name="count" label={scheduleText.count} min={1} max={730} />
          ) : null}
          {ends === 'until' ? (
            <TextInput form={form} name="until" type="date" label={scheduleText.until} />
          ) : null}
        </>
      )}
    </>
  )
}

function toChoice([value, label]: [string, string]) {
  return { value, label }
}
