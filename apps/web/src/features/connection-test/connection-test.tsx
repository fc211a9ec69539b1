import {
  browserParts,
  type CheckDevices,
  type CheckOutcome,
  type CheckStep,
  type CheckVerdict,
  type CheckView,
  ConnectionCheck,
  verdictOf,
} from '@video-meet/client'
import { Check, Copy, Minus, Play, Square, TriangleAlert, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { durationText } from '../../lib/amounts.ts'
import { classNames } from '../../lib/class-names.ts'
import { copyText } from '../../lib/copy-text.ts'
import { useStore } from '../../lib/use-store.ts'
import { chosenDevice } from '../../room/device-choice.ts'
import { Button } from '../../ui/button.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { testLinkText } from './link-text.ts'
import { stepWords, testReport } from './step-words.ts'
import { TestLink } from './test-link.tsx'
import { testText } from './text.ts'

/**
 * Tests devices, the server and every way for media, and says what to do about what fails. `linked`: names the page on
 * which it can be done at any time.
 */
export function ConnectionTest({ linked = false }: { linked?: boolean }) {
  const [check] = useState(() => new ConnectionCheck(browserParts(chosenDevices())))
  const view = useStore(check.state)
  useEffect(() => () => check.stop(), [check])
  const running = view.phase === 'running'
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center gap-3">
        <Button onClick={() => (running ? check.stop() : void check.start())}>
          {running ? <Square aria-hidden className="size-4.5" /> : <Play aria-hidden className="size-4.5" />}
          {running ? testText.stop : view.phase === 'done' ? testText.again : testText.start}
        </Button>
        {view.phase === 'done' ? <CopyButton view={view} /> : null}
      </div>
      <Summary view={view} />
      {view.phase === 'ready' ? null : (
        <ul
          aria-label={testText.list}
          className="divide-y divide-line rounded-card border border-line bg-surface"
        >
          {view.steps.map((step) => (
            <Step key={step.id} step={step} view={view} />
          ))}
        </ul>
      )}
      {linked ? (
        <p>
          <TestLink label={testLinkText.ownPage} />
        </p>
      ) : null}
    </div>
  )
}

/** Those that a call would use. */
function chosenDevices(): CheckDevices {
  return {
    cameraId: chosenDevice('cameraId'),
    microphoneId: chosenDevice('microphoneId'),
    speakerId: chosenDevice('speakerId'),
  }
}

const TONES: Readonly<Record<CheckVerdict, string>> = {
  good: 'bg-accent-soft text-accent-text',
  limited: 'bg-sunken text-ink',
  blocked: 'bg-danger-soft text-danger-text',
}

function Summary({ view }: { view: CheckView }) {
  const verdict = view.phase === 'done' ? verdictOf(view) : null
  return (
    <p
      role="status"
      className={classNames(verdict && `rounded-card px-4 py-3 font-medium ${TONES[verdict]}`)}
    >
      {view.phase === 'running' ? <span className="sr-only">{testText.running}</span> : null}
      {verdict && testText.verdict[verdict]}
    </p>
  )
}

function Step({ step, view }: { step: CheckStep; view: CheckView }) {
  const { id, outcome, ms } = step
  const words = stepWords(step, view)
  return (
    <li className="flex items-start gap-3 px-4 py-3">
      <Mark outcome={outcome} />
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline justify-between gap-3">
          <span className="font-medium">
            {testText.step[id]}
            <span className="sr-only">: {testText.outcome[outcome]}</span>
          </span>
          {ms === null ? null : <span className="text-sm text-soft tabular-nums">{durationText(ms)}</span>}
        </div>
        {words === null ? null : <p className="mt-0.5 text-sm text-pretty text-soft">{words}</p>}
      </div>
    </li>
  )
}

const MARKS = {
  passed: { Icon: Check, look: 'text-accent-text' },
  warning: { Icon: TriangleAlert, look: 'text-ink' },
  failed: { Icon: X, look: 'text-danger-text' },
  skipped: { Icon: Minus, look: 'text-soft' },
  waiting: { Icon: Minus, look: 'text-soft opacity-40' },
} as const

function Mark({ outcome }: { outcome: CheckOutcome }) {
  if (outcome === 'running') return <Spinner />
  const { Icon, look } = MARKS[outcome]
  return <Icon aria-hidden className={classNames('mt-0.5 size-5 shrink-0', look)} />
}

function CopyButton({ view }: { view: CheckView }) {
  const [said, setSaid] = useState('')
  async function copy(): Promise<void> {
    const report = testReport(view, { browser: navigator.userAgent, at: new Date() })
    setSaid((await copyText(report)) ? testText.copied : testText.notCopied)
  }
  return (
    <>
      <Button look="secondary" onClick={() => void copy()}>
        <Copy aria-hidden className="size-4.5" />
        {testText.copy}
      </Button>
      <span role="status" className="text-sm text-soft">
        {said}
      </span>
    </>
  )
}
