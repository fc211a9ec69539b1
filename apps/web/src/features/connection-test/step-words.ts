import type { Bandwidth, CaptureErrorReason, CheckStep, CheckView } from '@video-meet/client'
import { bitrateText, durationText, percentText } from '../../lib/amounts.ts'
import { captureFailureText } from '../../room/capture-failure-text.ts'
import { testText as text } from './text.ts'

/** What came of a step, and what can be done about it; null when there is nothing to say. */
export function stepWords(step: CheckStep, view: CheckView): string | null {
  const { id, outcome } = step
  if (outcome === 'waiting' || outcome === 'running') return null
  switch (id) {
    case 'camera':
    case 'microphone':
      return outcome === 'failed' ? captureFailureText(id, reasonOf(step)) : null
    case 'speaker':
      return speakerWords(step)
    case 'server':
      if (outcome === 'passed') return null
      return isBusy(step) ? text.serverBusy : text.serverFailed
    case 'bandwidth':
      return bandwidthWords(step, view.bandwidth)
    default:
      return wayWords(step)
  }
}

function speakerWords({ outcome, reason }: CheckStep): string {
  if (reason === 'no_web_audio') return captureFailureText('microphone', reason)
  return outcome === 'passed' ? text.speakerPassed : text.speakerFailed
}

/** The figures of a test as text, to be sent to who is asked for help. */
export function testReport(view: CheckView, { browser, at }: { browser: string; at: Date }): string {
  return [
    `Video Meet, connection test, ${at.toISOString()}`,
    browser,
    '',
    ...view.steps.map((step) => {
      const time = step.ms === null ? '' : ` (${durationText(step.ms)})`
      const details = [step.reason, stepWords(step, view)].filter(Boolean).join('; ')
      return `${text.step[step.id]}: ${text.outcome[step.outcome]}${time}${details && `: ${details}`}`
    }),
  ].join('\n')
}

function wayWords({ id, outcome, ...step }: CheckStep): string | null {
  if (outcome === 'skipped') return id === 'relay' ? text.relaySkipped : null
  if (outcome === 'passed') return null
  if (isBusy(step)) return text.serverBusy
  // When no way goes at all, it is no comfort that one need not.
  if (outcome === 'failed') return text.noWay
  if (id === 'udp') return text.udpFailed
  return id === 'tcp' ? text.tcpFailed : text.relayFailed
}

function bandwidthWords({ outcome }: CheckStep, bandwidth: Bandwidth | null): string | null {
  if (outcome === 'skipped') return null
  if (bandwidth === null) return text.bandwidthUnknown
  const { upBps, downBps, lossShare, growing } = bandwidth
  const measured = text.bandwidth(bitrateText(upBps), bitrateText(downBps))
  const figures = [growing ? text.atLeast(measured) : measured]
  if (lossShare >= 0.005) figures.push(text.loss(percentText(lossShare)))
  const advice = outcome === 'failed' ? text.bandwidthFailed : outcome === 'warning' && text.bandwidthWarning
  return [`${figures.join(', ')}.`, advice].filter(Boolean).join(' ')
}

function isBusy({ reason }: Pick<CheckStep, 'reason'>): boolean {
  return reason === 'unavailable' || reason === 'rate_limited'
}

const REASONS: readonly CaptureErrorReason[] = [
  'permission_denied',
  'no_device',
  'device_busy',
  'insecure_context',
  'unsupported',
]

function reasonOf({ reason }: CheckStep): CaptureErrorReason {
  return REASONS.find((known) => known === reason) ?? 'unknown'
}
