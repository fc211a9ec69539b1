import { type ReactNode, useState } from 'react'
import { useMay } from '../../room/use-may.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { SwitchRow } from '../../ui/switch-row.tsx'
import { knockSoundOn, switchKnockSound } from '../waiting-list/knock-sound.ts'
import { waitingText } from '../waiting-list/text.ts'
import { BansSection } from './bans-section.tsx'
import { EmergencySection } from './emergency-section.tsx'
import { EveryoneSection } from './everyone-section.tsx'
import { SettingsSection } from './settings-section.tsx'
import { moderationText } from './text.ts'
import { useAttempt } from './use-attempt.ts'

/** What somebody with a say can do to all at once, each part only for who may. */
export function ModerationDialog({ onClose }: { onClose: () => void }) {
  const { attempt, said, error } = useAttempt()
  const [moderate, settings, remove, end, admit] = [
    useMay('moderate'),
    useMay('settings'),
    useMay('remove'),
    useMay('end'),
    useMay('admit'),
  ]
  return (
    <Dialog title={moderationText.title} onClose={onClose}>
      <p role="status" className="text-sm text-accent-text empty:hidden">
        {said}
      </p>
      <p role="alert" className="text-sm text-danger-text empty:hidden">
        {error}
      </p>
      <div className="divide-y divide-line">
        {moderate ? (
          <Section title={moderationText.people}>
            <EveryoneSection attempt={attempt} />
          </Section>
        ) : null}
        {settings ? (
          <Section title={moderationText.call} hint={moderationText.callHint}>
            <SettingsSection attempt={attempt} />
          </Section>
        ) : null}
        {admit ? <KnockSound /> : null}
        {remove ? (
          <Section title={moderationText.bans}>
            <BansSection attempt={attempt} />
          </Section>
        ) : null}
        {settings || end ? (
          <Section title={moderationText.danger}>
            <EmergencySection settings={settings} end={end} attempt={attempt} />
          </Section>
        ) : null}
      </div>
    </Dialog>
  )
}

function Section({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="py-4">
      <h3 className="font-semibold">{title}</h3>
      {hint === undefined ? null : <p className="mt-0.5 text-sm text-soft">{hint}</p>}
      <div className="mt-3">{children}</div>
    </section>
  )
}

function KnockSound() {
  const [on, setOn] = useState(knockSoundOn)
  return (
    <div className="py-3">
      <SwitchRow
        label={waitingText.sound}
        on={on}
        onChange={(wanted) => {
          switchKnockSound(wanted)
          setOn(wanted)
        }}
      />
    </div>
  )
}
