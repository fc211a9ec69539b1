import { Mic, MicOff, Video, VideoOff } from 'lucide-react'
import { ControlButton } from '../room/control-button.tsx'
import { controlText } from './text.ts'

interface DeviceButtonProps {
  off: boolean
  onToggle: () => void
  shortcut?: string | undefined
  disabled?: boolean
  /** Why it cannot be turned on. What is on can be turned off in any case. */
  reason?: string | undefined
}

/** Mutes and unmutes; before and in the meeting. */
export function MicrophoneButton({ off, onToggle, reason, ...rest }: DeviceButtonProps) {
  return (
    <ControlButton
      label={off ? controlText.unmute : controlText.mute}
      icon={off ? MicOff : Mic}
      look={off ? 'alert' : 'plain'}
      aria-pressed={off}
      {...(off && reason !== undefined && { blocked: true, description: reason })}
      onClick={onToggle}
      {...rest}
    />
  )
}

/** Turns the camera off and on; before and in the meeting. */
export function CameraButton({ off, onToggle, reason, ...rest }: DeviceButtonProps) {
  return (
    <ControlButton
      label={off ? controlText.cameraOn : controlText.cameraOff}
      icon={off ? VideoOff : Video}
      look={off ? 'alert' : 'plain'}
      aria-pressed={off}
      {...(off && reason !== undefined && { blocked: true, description: reason })}
      onClick={onToggle}
      {...rest}
    />
  )
}
