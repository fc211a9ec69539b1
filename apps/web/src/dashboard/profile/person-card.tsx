import { updateMe } from '@video-meet/protocol'
import { useMemo } from 'react'
import { languageChoices, timeZoneChoices } from '../../lib/locale-choices.ts'
import { text } from '../../lib/text.ts'
import { profileApi } from '../../store/api/profile-api.ts'
import { useToast } from '../../store/use-toast.ts'
import { useUser } from '../../store/use-user.ts'
import { Card } from '../../ui/card.tsx'
import { Select } from '../../ui/form/choices.tsx'
import { Form, SubmitButton } from '../../ui/form/form.tsx'
import { TextInput } from '../../ui/form/text-inputs.tsx'
import { useForm } from '../../ui/form/use-form.ts'
import { profileText } from './text.ts'

const words = profileText.you

/** Name, language and time zone. */
export function PersonCard() {
  const { name, language, timeZone } = useUser()
  const toast = useToast()
  const [update] = profileApi.useUpdateMeMutation()
  const languages = useMemo(() => languageChoices(language), [language])
  const zones = useMemo(() => timeZoneChoices(timeZone), [timeZone])
  const form = useForm({
    initial: { name, language, timeZone },
    schema: updateMe.body,
    submit: async (body) => {
      await update({ body }).unwrap()
      toast(words.saved)
    },
  })
  return (
    <Card title={words.title}>
      <Form form={form}>
        <TextInput form={form} name="name" label={words.name} autoComplete="name" />
        <Select form={form} name="language" label={words.language} choices={languages} />
        <Select
          form={form}
          name="timeZone"
          label={words.timeZone}
          description={words.timeZoneHint}
          choices={zones}
        />
        <SubmitButton form={form} className="self-start">
          {text.save}
        </SubmitButton>
      </Form>
    </Card>
  )
}
