import { Hand, type LucideIcon, MonitorUp, MonitorX, Phone, Settings } from 'lucide-react'
import { handsText } from '../features/hands/text.ts'
import { LayoutButton } from '../features/layout/layout-button.tsx'
import { ControlButton } from '../room/control-button.tsx'
import { useCallActions, useRoom } from '../room/room-context.tsx'
import { callText } from '../room/text.ts'
import { useTools } from '../room/tools-context.tsx'
import { useMe } from '../room/use-may.ts'
import { useAppDispatch, useAppSelector } from '../store/hooks.ts'
import { dialogOpened } from '../store/ui-slice.ts'
import { Boundary } from '../ui/boundary.tsx'
import { CameraButton, MicrophoneButton } from './device-buttons.tsx'
import { PanelButton } from './panel-button.tsx'
import { panels } from './panels.ts'
import { SHORTCUT } from './shortcut-keys.ts'
import { controlText } from './text.ts'

/** What a person can do in the room, in one row. */
export function ControlBar() {
  const shortcutsOn = useAppSelector((state) => state.ui.habits.shortcuts)
  const tools = useTools()
  const hint = (key: string) => (shortcutsOn ? key : undefined)
  return (
    <section
      aria-label={controlText.toolbar}
      className="flex flex-wrap items-center justify-center gap-1 sm:gap-2"
    >
      <OwnMedia hint={hint} />
      {panels.map((panel) => (
        <PanelButton key={panel.id} panel={panel} shortcut={hint(panel.shortcut)} />
      ))}
      <Boundary>
        <LayoutButton />
      </Boundary>
      <Boundary>{tools ? <tools.ModerationButton /> : null}</Boundary>
      <SettingsButton />
      <Divider />
      <LeaveButton />
    </section>
  )
}

function OwnMedia({ hint }: { hint: (key: string) => string | undefined }) {
  const actions = useCallActions()
  const me = useMe()
  // Observers have come to see and hear.
  if (me === undefined || me.role === 'observer') return null
  const reason = (what: keyof typeof callText.blocked) =>
    me.may.includes(what) ? undefined : callText.blocked[what]
  return (
    <>
      <MicrophoneButton
        off={me.muted}
        reason={reason('microphone')}
        shortcut={hint(SHORTCUT.microphone)}
        onToggle={actions.toggleMicrophone}
      />
      <CameraButton
        off={!me.cameraOn}
        reason={reason('camera')}
        shortcut={hint(SHORTCUT.camera)}
        onToggle={actions.toggleCamera}
      />
      {canShareScreen() ? (
        <Toggle
          on={me.sharingScreen}
          labels={[controlText.share, controlText.stopSharing]}
          icon={me.sharingScreen ? MonitorX : MonitorUp}
          reason={reason('screen')}
          shortcut={hint(SHORTCUT.share)}
          onClick={actions.toggleScreenShare}
        />
      ) : null}
      <Toggle
        on={me.hand > 0}
        labels={[handsText.raise, handsText.lower]}
        icon={Hand}
        reason={reason('hand')}
        shortcut={hint(SHORTCUT.hand)}
        onClick={actions.toggleHand}
      />
      <Divider />
    </>
  )
}

function Divider() {
  return <span aria-hidden className="mx-1 h-7 w-px bg-line max-sm:hidden" />
}

interface ToggleProps {
  on: boolean
  /** What a press does: while it is off, while it is on. */
  labels: readonly [string, string]
  icon: LucideIcon
  /** Why it cannot be turned on. */
  reason: string | undefined
  shortcut: string | undefined
  onClick: () => void
}

function Toggle({ on, labels, reason, ...rest }: ToggleProps) {
  return (
    <ControlButton
      label={labels[on ? 1 : 0]}
      look={on ? 'on' : 'plain'}
      aria-pressed={on}
      {...(!on && reason !== undefined && { blocked: true, description: reason })}
      {...rest}
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
