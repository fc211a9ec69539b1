import type { ComponentType, ReactNode } from 'react'
import { useMay } from '../../room/use-may.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { BansSection } from './bans-section.tsx'
import { EmergencySection } from './emergency-section.tsx'
import { EveryoneSection } from './everyone-section.tsx'
import { SettingsSection } from './settings-section.tsx'
import { moderationText } from './text.ts'
import { type Attempt, useAttempt } from './use-attempt.ts'

/** What other features bring to the dialog. */
export interface ModerationParts {
  readonly LeadSwitch: ComponentType<{ attempt: Attempt }>
  readonly KnockSwitch: ComponentType
}

/** What somebody with a say can do to all at once, each part only for who may. */
export function ModerationDialog({
  LeadSwitch,
  KnockSwitch,
  onClose,
}: ModerationParts & { onClose: () => void }) {
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
            <LeadSwitch attempt={attempt} />
          </Section>
        ) : null}
        {settings ? (
          <Section title={moderationText.call} hint={moderationText.callHint}>
            <SettingsSection attempt={attempt} />
          </Section>
        ) : null}
        {admit ? (
          <div className="py-3">
            <KnockSwitch />
          </div>
        ) : null}
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
