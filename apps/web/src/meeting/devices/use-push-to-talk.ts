import { useEffect } from 'react'
import { useCallActions, useRoom } from '../../room/room-context.tsx'
import { useAppSelector } from '../../store/hooks.ts'
import { isMeantForMeeting } from '../shortcut-keys.ts'

/** What the space bar works on by itself: it presses buttons and scrolls what can be scrolled. */
const PRESSABLE =
  'button, a[href], summary, audio, video, [role="button"], [role="tab"], [role="switch"], [role^="menuitem"], [tabindex="0"]'

/** Opens the microphone for as long as the space bar is held. */
export function usePushToTalk(): void {
  const { localParticipant: me } = useRoom()
  const actions = useCallActions()
  const on = useAppSelector(({ ui }) => ui.habits.pushToTalk && ui.habits.shortcuts)

  useEffect(() => {
    if (!on) return
    let talking = false
    const begin = (event: KeyboardEvent): void => {
      if (event.key !== ' ' || !isForTalking(event)) return
      // Not to scroll, neither at first nor while it is held.
      event.preventDefault()
      if (event.repeat || talking || !me.microphone.isOff) return
      talking = me.may('microphone')
      actions.openMicrophone()
    }
    const end = (): void => {
      if (!talking) return
      talking = false
      void me.setMicrophoneMuted(true)
    }
    const release = (event: KeyboardEvent): void => {
      if (event.key === ' ') end()
    }
    addEventListener('keydown', begin)
    addEventListener('keyup', release)
    // The key may be released where this page does not hear of it.
    addEventListener('blur', end)
    document.addEventListener('visibilitychange', end)
    return () => {
      removeEventListener('keydown', begin)
      removeEventListener('keyup', release)
      removeEventListener('blur', end)
      document.removeEventListener('visibilitychange', end)
      end()
    }
  }, [on, me, actions])
}

function isForTalking(event: KeyboardEvent): boolean {
  const onPressable = event.target instanceof Element && event.target.closest(PRESSABLE) !== null
  return isMeantForMeeting(event) && !onPressable
}
