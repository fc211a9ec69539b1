import { createTemplate, type Template, updateTemplate } from '@video-meet/protocol'
import { text } from '../../lib/text.ts'
import { templatesApi } from '../../store/api/templates-api.ts'
import { useOnce } from '../../store/use-once.ts'
import { useToast } from '../../store/use-toast.ts'
import { Button } from '../../ui/button.tsx'
import { Form, SubmitButton } from '../../ui/form/form.tsx'
import { NumberInput, TextArea, TextInput } from '../../ui/form/text-inputs.tsx'
import { useForm } from '../../ui/form/use-form.ts'
import { PolicyFields } from './policy-fields.tsx'
import { numberFrom, policyInput, policyValues } from './policy-values.ts'
import { templateText } from './text.ts'

const words = templateText.form

interface TemplateFormProps {
  /** Undefined: a new one. */
  template: Template | undefined
  /** Whose a new one is. */
  kind: 'personal' | 'organisation'
  onDone: () => void
}

/** Makes a template or changes one. */
export function TemplateForm({ template, kind, onDone }: TemplateFormProps) {
  const save = useSaving(template)
  const toast = useToast()
  const form = useForm({
    initial: {
      name: template?.name ?? '',
      description: template?.description ?? '',
      durationMinutes: String(template?.durationMinutes ?? 45),
      agenda: template?.agenda ?? '',
      ...policyValues(template?.policy),
    },
    schema: createTemplate.body,
    toInput: (values) => ({
      name: values.name,
      description: values.description,
      durationMinutes: numberFrom(values.durationMinutes),
      agenda: values.agenda,
      policy: policyInput(values),
      kind,
    }),
    submit: async (body) => {
      await save(body)
      toast(templateText.saved)
      onDone()
    },
  })
  return (
    <Form form={form}>
      <TextInput form={form} name="name" label={words.name} autoComplete="off" autoFocus />
      <TextArea form={form} name="description" label={words.description} rows={2} />
      <NumberInput form={form} name="durationMinutes" label={words.duration} min={5} max={1440} />
      <TextArea form={form} name="agenda" label={words.agenda} description={words.agendaHint} />
      <PolicyFields form={form} />
      <div className="flex flex-wrap justify-end gap-3">
        <Button look="secondary" onClick={onDone}>
          {text.cancel}
        </Button>
        <SubmitButton form={form}>{text.save}</SubmitButton>
      </div>
    </Form>
  )
}

type Body = ReturnType<typeof createTemplate.body.parse>

function useSaving(template: Template | undefined): (body: Body) => Promise<unknown> {
  const [create] = templatesApi.useCreateTemplateMutation()
  const [update] = templatesApi.useUpdateTemplateMutation()
  const once = useOnce()
  return async (body) => {
    if (template === undefined)
      return once(body, (idempotencyKey) => create({ body, options: { idempotencyKey } }).unwrap())
    const { kind: _, ...settings } = body
    return update({ params: { id: template.id }, body: updateTemplate.body.parse(settings) }).unwrap()
  }
}
