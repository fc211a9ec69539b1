import { CallSettings, type CallSettingsChange } from '@video-meet/protocol'
import { DoorOpen, type LucideIcon, MessageSquareText, Mic, MonitorUp, Video } from 'lucide-react'
import { useStore } from '../../lib/use-store.ts'
import { useRoom } from '../../room/room-context.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { SwitchRow } from '../../ui/switch-row.tsx'
import { moderationText } from './text.ts'
import type { Attempt } from './use-attempt.ts'

const { talk, video, share, chat, waitingRoom } = CallSettings.shape
type Who = 'talk' | 'video' | 'share' | 'chat'

const CHOICES: readonly {
  name: Who
  icon: LucideIcon
  options: readonly (keyof typeof moderationText.who)[]
}[] = [
  { name: 'talk', icon: Mic, options: talk.options },
  { name: 'video', icon: Video, options: video.options },
  { name: 'share', icon: MonitorUp, options: share.options },
  { name: 'chat', icon: MessageSquareText, options: chat.options },
]

/** Who comes in and who may do what; changes take effect at once, and those of others show here. */
export function SettingsSection({ attempt }: { attempt: Attempt }) {
  const room = useRoom()
  const settings = useStore(room.settings)
  const change = (part: CallSettingsChange) => attempt(() => room.features.moderation.changeSettings(part))
  return (
    <div className="grid gap-4">
      <SwitchRow
        label={moderationText.lock}
        description={moderationText.lockHint}
        on={settings.locked}
        onChange={(locked) => change({ locked })}
      />
      <SelectField
        label={moderationText.waitingRoom}
        icon={DoorOpen}
        options={waitingRoom.options.map((value) => ({ value, label: moderationText.waits[value] }))}
        value={settings.waitingRoom}
        emptyText=""
        onChange={(value) => change({ waitingRoom: waitingRoom.parse(value) })}
      />
      {CHOICES.map(({ name, icon, options }) => (
        <SelectField
          key={name}
          label={moderationText[name]}
          icon={icon}
          options={options.map((value) => ({ value, label: moderationText.who[value] }))}
          value={settings[name]}
          emptyText=""
          onChange={(value) => change({ [name]: value } as CallSettingsChange)}
        />
      ))}
    </div>
  )
}
