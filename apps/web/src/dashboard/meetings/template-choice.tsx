import { templatesApi } from '../../store/api/templates-api.ts'
import { Select } from '../../ui/form/choices.tsx'
import type { Form } from '../../ui/form/use-form.ts'
import { policyValues } from '../templates/policy-values.ts'
import type { MeetingValues } from './meeting-form.tsx'
import { formText } from './text.ts'

/** Fills the form from a template. What was typed into texts stays. */
export function TemplateChoice({ form }: { form: Form<MeetingValues> }) {
  const { data } = templatesApi.useTemplatesQuery()
  const templates = data?.items ?? []
  if (templates.length === 0) return null

  function choose(id: string): void {
    form.set('templateId', id)
    const template = templates.find((it) => it.id === id)
    if (!template) return
    form.set('durationMinutes', String(template.durationMinutes))
    if (form.values.agenda.trim() === '') form.set('agenda', template.agenda)
    for (const [name, value] of Object.entries(policyValues(template.policy)))
      form.set(name as keyof MeetingValues, value as never)
  }

  const choices = [
    { value: '', label: formText.noTemplate },
    ...templates.map(({ id, name }) => ({ value: id, label: name })),
  ]
  return (
    <Select
      form={{
        ...form,
        set: (name, value) => (name === 'templateId' ? choose(String(value)) : form.set(name, value)),
      }}
      name="templateId"
      label={formText.template}
      choices={choices}
    />
  )
}
