import type { CallSample } from '@video-meet/client'
import { Copy, Server, Users } from 'lucide-react'
import { useState } from 'react'
import { TestLink } from '../../features/connection-test/test-link.tsx'
import { copyText } from '../../lib/copy-text.ts'
import { useStore } from '../../lib/use-store.ts'
import { useRoom } from '../../room/room-context.tsx'
import { useAppSelector } from '../../store/hooks.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useCallSample } from './call-stats-of.ts'
import { connectionReport, leavingTitle } from './connection-report.ts'
import { arrivingFigures, leavingFigures } from './figures.ts'
import { OwnActions } from './own-actions.tsx'
import { PersonSection, TrackFigures } from './person-section.tsx'
import { qualityWords } from './quality-words.ts'
import { connectionText } from './text.ts'

/** How media flows, and how well: to and from everyone. */
export function ConnectionDialog({ onClose }: { onClose: () => void }) {
  const sample = useCallSample()
  const { mode, reason } = useStore(useRoom().topology)
  const isServer = mode === 'sfu'
  const Icon = isServer ? Server : Users
  const way = isServer ? connectionText.why[reason] : connectionText.direct
  return (
    <Dialog wide title={connectionText.title} onClose={onClose}>
      <p className="flex items-start gap-3 rounded-card bg-sunken px-4 py-3 text-[0.9375rem]">
        <Icon aria-hidden className="mt-0.5 size-4.5 shrink-0 text-soft" />
        {way}
      </p>
      {sample === null ? (
        <p className="py-8 text-center text-soft">{connectionText.measuring}</p>
      ) : (
        <Measured sample={sample} way={way} />
      )}
    </Dialog>
  )
}

function Measured({ sample, way }: { sample: CallSample; way: string }) {
  const people = useAppSelector((state) => state.meeting.people)
  const nameOf = (id: string) => people.find((person) => person.id === id)?.name ?? ''
  const { own, leaving } = sample
  return (
    <>
      <PersonSection
        name={connectionText.yours}
        quality={own}
        words={qualityWords(own, null)}
        actions={<OwnActions quality={own} />}
        nothing={leaving.length === 0 ? connectionText.nothingSent : null}
      >
        {leaving.map((track) => (
          <TrackFigures
            key={`${track.way}/${track.to}/${track.source}`}
            title={leavingTitle(track, nameOf)}
            figures={leavingFigures(track)}
          />
        ))}
      </PersonSection>
      {sample.people.map(({ id, quality, arriving }) => (
        <PersonSection
          key={id}
          name={nameOf(id)}
          quality={quality}
          words={qualityWords(quality, nameOf(id))}
          nothing={arriving.length === 0 ? connectionText.nothingReceived : null}
        >
          {arriving.map((track) => (
            <TrackFigures
              key={track.source}
              title={connectionText.source[track.source]}
              figures={arrivingFigures(track)}
            />
          ))}
        </PersonSection>
      ))}
      <div className="mt-6 flex flex-wrap items-center gap-x-5 gap-y-3">
        <CopyButton report={() => connectionReport({ way, sample, nameOf, browser: navigator.userAgent })} />
        {own.level === 'good' ? <TestLink /> : null}
      </div>
    </>
  )
}

function CopyButton({ report }: { report: () => string }) {
  const [said, setSaid] = useState('')
  async function copy(): Promise<void> {
    setSaid((await copyText(report())) ? connectionText.copied : connectionText.notCopied)
  }
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button look="secondary" onClick={() => void copy()}>
        <Copy aria-hidden className="size-4.5" />
        {connectionText.copy}
      </Button>
      {/* In the dialog, as nothing outside of it is read aloud. */}
      <p role="status" className="text-sm text-soft">
        {said}
      </p>
    </div>
  )
}
