import { RoomDevices } from '@video-meet/client'
import { useEffect } from 'react'
import { captureFailureText } from '../../room/capture-failure-text.ts'
import { useRoom } from '../../room/room-context.tsx'
import { useAppDispatch, useAppSelector } from '../../store/hooks.ts'
import { announced, noticeShown } from '../../store/ui-slice.ts'
import { MicrophoneHints } from './microphone-hints.tsx'
import { changeText } from './text.ts'
import { usePictureWishes } from './use-picture-wishes.ts'
import { usePushToTalk } from './use-push-to-talk.ts'

/** What the room does about devices by itself, and says of them. */
export function DeviceCare() {
  const hints = useAppSelector((state) => state.ui.habits.talkHints)
  useDeviceChanges()
  usePushToTalk()
  usePictureWishes()
  return <div className="contents">{hints ? <MicrophoneHints /> : null}</div>
}

/** Follows devices that go, come back and change, and says so. */
function useDeviceChanges(): void {
  const room = useRoom()
  const dispatch = useAppDispatch()
  useEffect(() => {
    const devices = new RoomDevices(room)
    devices.on('replaced', (...change) => dispatch(noticeShown(changeText.replaced(...change))))
    devices.on('lost', (kind, name, error) => {
      const taken = error !== null && error.reason !== 'no_device' && kind !== 'speaker'
      const words = taken ? captureFailureText(kind, error.reason) : changeText.lost(kind, name)
      dispatch(noticeShown(words, error === null ? 'calm' : 'error'))
    })
    devices.on('returned', (kind, { deviceId, label }) => {
      dispatch(noticeShown(changeText.returned(kind, label), 'calm', { kind, deviceId }))
    })
    devices.on('followed', (name) => dispatch(announced(changeText.followed(name))))
    return () => devices.close()
  }, [room, dispatch])
}
