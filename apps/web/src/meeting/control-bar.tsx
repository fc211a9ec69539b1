import { MonitorUp, MonitorX, Phone, Settings } from 'lucide-react'
import { useCallActions, useRoom } from '../room/room-context.tsx'
import { useAppDispatch, useAppSelector } from '../store/hooks.ts'
import { dialogOpened } from '../store/ui-slice.ts'
import { ControlButton } from './control-button.tsx'
import { CameraButton, MicrophoneButton } from './device-buttons.tsx'
import { PanelButton } from './panel-button.tsx'
import { panels } from './panels.ts'
import { SHORTCUT } from './shortcut-keys.ts'
import { controlText } from './text.ts'

/** What a person can do in the room, in one row. */
export function ControlBar() {
  const shortcutsOn = useAppSelector((state) => state.ui.shortcutsOn)
  const hint = (key: string) => (shortcutsOn ? key : undefined)
  return (
    <section
      aria-label={controlText.toolbar}
      className="flex flex-wrap items-center justify-center gap-1.5 sm:gap-2"
    >
      <OwnMedia hint={hint} />
      <span aria-hidden className="mx-1 h-7 w-px bg-line max-sm:hidden" />
      {panels.map((panel) => (
        <PanelButton key={panel.id} panel={panel} shortcut={hint(panel.shortcut)} />
      ))}
      <SettingsButton />
      <span aria-hidden className="mx-1 h-7 w-px bg-line max-sm:hidden" />
      <LeaveButton />
    </section>
  )
}

function OwnMedia({ hint }: { hint: (key: string) => string | undefined }) {
  const actions = useCallActions()
  const me = useAppSelector((state) => state.meeting.people.find(({ isLocal }) => isLocal))
  return (
    <>
      <MicrophoneButton
        off={me?.muted ?? true}
        shortcut={hint(SHORTCUT.microphone)}
        onToggle={actions.toggleMicrophone}
      />
      <CameraButton off={!me?.cameraOn} shortcut={hint(SHORTCUT.camera)} onToggle={actions.toggleCamera} />
      {canShareScreen() ? (
        <ShareButton on={me?.sharingScreen ?? false} shortcut={hint(SHORTCUT.share)} />
      ) : null}
    </>
  )
}

function ShareButton({ on, shortcut }: { on: boolean; shortcut: string | undefined }) {
  const { toggleScreenShare } = useCallActions()
  return (
    <ControlButton
      label={on ? controlText.stopSharing : controlText.share}
      icon={on ? MonitorX : MonitorUp}
      look={on ? 'on' : 'plain'}
      shortcut={shortcut}
      aria-pressed={on}
      onClick={toggleScreenShare}
    />
  )
}

/** Phones have no way to share a screen from a page. */
function canShareScreen(): boolean {
  return 'getDisplayMedia' in (navigator.mediaDevices ?? {})
}

function SettingsButton() {
  const dispatch = useAppDispatch()
  const open = useAppSelector((state) => state.ui.openDialog === 'settings')
  return (
    <ControlButton
      label={controlText.settings}
      icon={Settings}
      aria-haspopup="dialog"
      aria-expanded={open}
      onClick={() => dispatch(dialogOpened('settings'))}
    />
  )
}

function LeaveButton() {
  const room = useRoom()
  return (
    <ControlButton
      label={controlText.leave}
      icon={Phone}
      look="leave"
      className="[&>svg]:rotate-135"
      onClick={() => void room.leave()}
    />
  )
}
