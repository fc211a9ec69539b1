import { expect, it } from 'vitest'
import { LinkPulse } from './link-pulse.ts'

const trackOver = (...pairs: { id: string; responsesReceived?: number; bytesReceived?: number }[]) => {
  const reports = pairs.map((pair) => [pair.id, { type: 'candidate-pair', ...pair }] as const)
  const receiver = { getStats: () => Promise.resolve(new Map(reports)) } as unknown as RTCRtpReceiver
  return [{ key: 'voice', receiver }]
}

it('has stopped when not even answers come in', async () => {
  const pulse = new LinkPulse()
  pulse.note(trackOver({ id: 'a', responsesReceived: 4, bytesReceived: 900 }))
  expect(await pulse.hasStopped(trackOver({ id: 'a', responsesReceived: 4, bytesReceived: 900 }))).toBe(true)
  expect(await pulse.hasStopped(trackOver({ id: 'b' }))).toBe(true)
})

it('goes on while the other end answers, over this path or another one', async () => {
  const pulse = new LinkPulse()
  pulse.note(trackOver({ id: 'a', responsesReceived: 4 }))
  expect(await pulse.hasStopped(trackOver({ id: 'a', responsesReceived: 5 }))).toBe(false)
  expect(await pulse.hasStopped(trackOver({ id: 'b', responsesReceived: 1 }))).toBe(false)
})

it('has stopped where the browser tells nothing of paths', async () => {
  const pulse = new LinkPulse()
  pulse.note([])
  expect(await pulse.hasStopped([])).toBe(true)
})
