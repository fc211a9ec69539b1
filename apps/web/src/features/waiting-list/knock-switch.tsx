import { useState } from 'react'
import { SwitchRow } from '../../ui/switch-row.tsx'
import { knockSoundOn, switchKnockSound } from './knock-sound.ts'
import { waitingText } from './text.ts'

/** Whether one hears it when somebody waits. */
export function KnockSwitch() {
  const [on, setOn] = useState(knockSoundOn)
  return (
    <SwitchRow
      label={waitingText.sound}
      on={on}
      onChange={(wanted) => {
        switchKnockSound(wanted)
        setOn(wanted)
      }}
    />
  )
}
