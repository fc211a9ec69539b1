import { captureMicrophone } from '@video-meet/client'
import type { ReactNode } from 'react'
import type { Habit } from '../../lib/habits.ts'
import { processingFor } from '../../room/device-choice.ts'
import { useCallActions } from '../../room/room-context.tsx'
import { useAppSelector } from '../../store/hooks.ts'
import { useHabit } from '../../store/use-habit.ts'
import { Boundary } from '../../ui/boundary.tsx'
import { SwitchRow } from '../../ui/switch-row.tsx'
import { MicrophonePicker, SpeakerPicker, useDevices } from '../device-pickers.tsx'
import { MicrophoneBar } from './level-bar.tsx'
import { SoundTest } from './sound-test.tsx'
import { settingsText } from './text.ts'
import { useDeviceChoice, useOwnMedia } from './use-own-device.ts'

const TREATMENTS = ['noiseSuppression', 'echoCancellation', 'autoGain', 'music'] as const

/** Microphone, loudspeaker, what is done to the sound, and what happens while one is muted. */
export function AudioSettings() {
  const track = useOwnMedia('microphone')
  const devices = useDevices(track?.id)
  const microphone = useDeviceChoice('microphone')
  const speaker = useDeviceChoice('speaker')
  const open = async () => track?.clone() ?? captureMicrophone({ deviceId: microphone.chosen })

  return (
    <>
      <div className="grid gap-4">
        <MicrophonePicker devices={devices.microphones} {...microphone} />
        <Boundary>{track ? <MicrophoneBar track={track} /> : null}</Boundary>
        <SpeakerPicker devices={devices.speakers} {...speaker} />
        <SoundTest open={open} speakerId={speaker.chosen} />
      </div>
      <Group title={settingsText.processing}>
        {TREATMENTS.map((habit) => (
          <TreatmentSwitch key={habit} habit={habit} />
        ))}
      </Group>
      <Group title={settingsText.habits}>
        <HabitSwitch habit="pushToTalk" />
        <HabitSwitch habit="talkHints" />
      </Group>
    </>
  )
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="mt-6 grid gap-3 border-t border-line pt-4">
      <h3 className="text-sm font-semibold text-soft">{title}</h3>
      {children}
    </section>
  )
}

/** Takes effect on what is sent at once. */
function TreatmentSwitch({ habit }: { habit: (typeof TREATMENTS)[number] }) {
  const habits = useAppSelector((state) => state.ui.habits)
  const { processSound } = useCallActions()
  const [on, change] = useHabit(habit)
  const overruled = habits.music && habit !== 'music'
  return (
    <SwitchRow
      label={settingsText[habit]}
      description={settingsText[`${habit}About`]}
      on={on && !overruled}
      disabled={overruled}
      onChange={(next) => {
        change(next)
        processSound(processingFor({ ...habits, [habit]: next }))
      }}
    />
  )
}

function HabitSwitch({ habit }: { habit: Habit & ('pushToTalk' | 'talkHints') }) {
  const [on, change] = useHabit(habit)
  return (
    <SwitchRow
      label={settingsText[habit]}
      description={settingsText[`${habit}About`]}
      on={on}
      onChange={change}
    />
  )
}
