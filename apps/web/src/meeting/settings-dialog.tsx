import { Dialog } from '../ui/dialog.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { ConnectionSettings } from './connection-settings.tsx'
import { AudioSettings } from './devices/audio-settings.tsx'
import { settingsText } from './devices/text.ts'
import { VideoSettings } from './devices/video-settings.tsx'
import { ShortcutsSwitch } from './shortcuts-switch.tsx'
import { controlText } from './text.ts'

const TABS = [
  { id: 'audio', label: settingsText.audio, content: <AudioSettings /> },
  { id: 'video', label: settingsText.video, content: <VideoSettings /> },
  { id: 'connection', label: settingsText.connection, content: <ConnectionSettings /> },
  { id: 'general', label: settingsText.general, content: <ShortcutsSwitch /> },
] as const

/** Devices and habits, changed while the meeting goes on. */
export function SettingsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={controlText.settings} onClose={onClose}>
      <Tabs label={settingsText.tabs} tabs={TABS} />
    </Dialog>
  )
}
