import { type ServerSettings, updateSettings } from '@video-meet/protocol'
import { text } from '../../lib/text.ts'
import { adminApi } from '../../store/api/admin-api.ts'
import { profileApi } from '../../store/api/profile-api.ts'
import { useToast } from '../../store/use-toast.ts'
import { Card } from '../../ui/card.tsx'
import { Select } from '../../ui/form/choices.tsx'
import { Form, SubmitButton } from '../../ui/form/form.tsx'
import { NumberInput } from '../../ui/form/text-inputs.tsx'
import { useForm } from '../../ui/form/use-form.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { adminText } from './text.ts'

const words = adminText.settings
const choicesOf = (choices: Readonly<Record<string, string>>) =>
  Object.entries(choices).map(([value, label]) => ({ value, label }))

/** What can be set while the server runs. */
export function SettingsPage() {
  const query = adminApi.useSettingsQuery()
  const { data: server } = profileApi.useServerInfoQuery()
  return (
    <div className="flex max-w-3xl flex-col gap-6">
      <Card title={words.title}>
        <Loaded query={query}>{(settings) => <SettingsForm settings={settings} />}</Loaded>
      </Card>
      {server === undefined ? null : (
        <Card
          title={words.mailTitle}
          description={server.mail === 'outbox' ? words.mailOutbox : words.mailSmtp}
        />
      )}
    </div>
  )
}

function SettingsForm({ settings }: { settings: ServerSettings }) {
  const toast = useToast()
  const [update] = adminApi.useUpdateSettingsMutation()
  const isFixed = (name: ServerSettings['fixed'][number]) => settings.fixed.includes(name)
  const form = useForm({
    initial: {
      signUp: settings.signUp as string,
      whoMayCreate: settings.whoMayCreate as string,
      retentionDays: String(settings.retentionDays),
      reminderMinutes: String(settings.reminderMinutes),
    },
    schema: updateSettings.body,
    toInput: ({ signUp, whoMayCreate, retentionDays, reminderMinutes }) => ({
      ...(!isFixed('signUp') && { signUp }),
      ...(!isFixed('whoMayCreate') && { whoMayCreate }),
      retentionDays: Number(retentionDays),
      reminderMinutes: reminderMinutes === '' ? NaN : Number(reminderMinutes),
    }),
    submit: async (body) => {
      await update({ body }).unwrap()
      toast(words.saved)
    },
  })
  return (
    <Form form={form}>
      <Select
        form={form}
        name="signUp"
        label={words.signUp}
        choices={choicesOf(words.signUpChoices)}
        disabled={isFixed('signUp')}
        description={isFixed('signUp') ? words.fixed : undefined}
      />
      <Select
        form={form}
        name="whoMayCreate"
        label={words.whoMayCreate}
        choices={choicesOf(words.whoMayCreateChoices)}
        disabled={isFixed('whoMayCreate')}
        description={isFixed('whoMayCreate') ? words.fixed : undefined}
      />
      <NumberInput
        form={form}
        name="retentionDays"
        label={words.retentionDays}
        description={words.retentionDaysHint}
        min={1}
        max={3650}
      />
      <NumberInput
        form={form}
        name="reminderMinutes"
        label={words.reminderMinutes}
        description={words.reminderMinutesHint}
        min={0}
        max={1440}
      />
      <SubmitButton form={form} className="self-start">
        {text.save}
      </SubmitButton>
    </Form>
  )
}
