import { CaptureError, type Room, type SoundProcessing } from '@video-meet/client'
import type { AppDispatch } from '../store/store.ts'
import { noticeShown } from '../store/ui-slice.ts'
import { act } from './act.ts'
import { captureFailureText } from './capture-failure-text.ts'
import { callText } from './text.ts'

/** What a person does with their own media and hand. Failures are shown; none is thrown. */
export interface CallActions {
  readonly toggleMicrophone: () => void
  readonly toggleCamera: () => void
  readonly openMicrophone: () => void
  readonly openCamera: () => void
  readonly toggleScreenShare: () => void
  readonly toggleHand: () => void
  readonly choose: Readonly<Record<'microphone' | 'camera' | 'speaker', (deviceId: string) => void>>
  readonly processSound: (processing: SoundProcessing) => void
}

type Device = 'microphone' | 'camera' | 'screen' | 'speaker'

/** One per room, so that buttons and shortcuts know of what is under way. */
export function createCallActions(room: Room, dispatch: AppDispatch): CallActions {
  const me = room.localParticipant
  const busy = new Set<Device>()

  async function run(device: Device, change: () => Promise<void>): Promise<void> {
    try {
      await change()
    } catch (error) {
      const words = failureText(device, error)
      if (words !== null) dispatch(noticeShown(words, 'error'))
    }
  }

  /** For what takes a while. A second press meanwhile would ask, or fail, twice. Switching off never waits. */
  async function runOnce(device: Device, change: () => Promise<void>): Promise<void> {
    if (busy.has(device)) return
    busy.add(device)
    await run(device, change)
    busy.delete(device)
  }

  const isOn = (source: 'microphone' | 'camera' | 'screen') => me.track(source)?.state.get().muted === false

  /** Says why not, if they may not. */
  const may = (what: keyof typeof callText.blocked): boolean => {
    if (me.may(what)) return true
    dispatch(noticeShown(callText.blocked[what]))
    return false
  }

  const openMicrophone = () => {
    if (may('microphone')) void runOnce('microphone', () => me.setMicrophoneMuted(false))
  }
  const openCamera = () => {
    if (may('camera')) void runOnce('camera', () => me.setCameraOff(false))
  }
  const share = () => {
    if (may('screen')) void runOnce('screen', () => me.startScreenShare())
  }

  return {
    toggleMicrophone: () =>
      isOn('microphone') ? void run('microphone', () => me.setMicrophoneMuted(true)) : openMicrophone(),
    toggleCamera: () => (isOn('camera') ? void run('camera', () => me.setCameraOff(true)) : openCamera()),
    openMicrophone,
    openCamera,
    toggleScreenShare: () => (isOn('screen') ? void run('screen', () => me.stopScreenShare()) : share()),
    toggleHand() {
      const { hands } = room.features
      const raised = hands.state.get().raised.some(({ participantId }) => participantId === me.id)
      if (raised || may('hand')) void act(dispatch, () => (raised ? hands.lower() : hands.raise()))
    },
    choose: {
      microphone: (deviceId) => void run('microphone', () => me.useMicrophone(deviceId)),
      camera: (deviceId) => void run('camera', () => me.useCamera(deviceId)),
      speaker: (deviceId) => void run('speaker', () => room.audioOutput.setSpeaker(deviceId)),
    },
    processSound: (processing) => void run('microphone', () => me.setSoundProcessing(processing)),
  }
}

function failureText(device: Device, error: unknown): string | null {
  if (!(error instanceof CaptureError))
    return device === 'screen' ? callText.shareFailed : callText.changeFailed
  // The person closed the picker: they know.
  if (error.reason === 'cancelled') return null
  return device === 'microphone' || device === 'camera'
    ? captureFailureText(device, error.reason)
    : callText.shareFailed
}
