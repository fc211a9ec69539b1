import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { StatsReport } from '@video-meet/protocol'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { joinTestRoom, renderInRoom, type RoomInTest } from '../../../test/render-in-room.tsx'
import { OpenDialog } from '../open-dialog.tsx'
import { PartsContext } from '../parts-context.ts'
import * as parts from '../room-rest.ts'
import { Stage } from '../stage/stage.tsx'
import { TopologyBadge } from '../topology-badge.tsx'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] })
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(1200)
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(700)
})

afterEach(() => {
  vi.useRealTimers()
})

/** Sound of Ana that arrives with losses. */
function arrivesWithLoss({ fake, ana }: RoomInTest, lossShare: number): void {
  let received = 0
  let lost = 0
  const receiver = {
    getStats() {
      received += 1000 * (1 - lossShare)
      lost += 1000 * lossShare
      const inbound = { id: 'in', type: 'inbound-rtp', timestamp: Date.now(), ssrc: 1 }
      const counters = { packetsReceived: received, packetsLost: lost, bytesReceived: received * 100 }
      return Promise.resolve(new Map([['in', { ...inbound, ...counters }]]))
    },
  }
  fake.topology.receivers.set(`${ana.id}/microphone`, {
    way: 'sfu',
    receiver: receiver as unknown as RTCRtpReceiver,
  })
}

async function setUp(lossShare: number) {
  const here = await joinTestRoom()
  await act(async () => {
    here.fake.server.notify('track.changed', {
      participantId: here.ana.id,
      track: { source: 'microphone', muted: false },
    })
  })
  arrivesWithLoss(here, lossShare)
  renderInRoom(
    here,
    <PartsContext value={parts}>
      <TopologyBadge />
      <Stage />
      <OpenDialog />
    </PartsContext>,
  )
  return here
}

/** Lets so many samples be taken. */
async function pass(samples: number): Promise<void> {
  for (let sample = 0; sample < samples; sample += 1) await act(() => vi.advanceTimersByTimeAsync(2000))
}

test('the tile of somebody who loses much says so, and what can be done', async () => {
  await setUp(0.2)
  await pass(3)
  const tile = screen.getByRole('group', { name: /^Ana/ })
  within(tile).getByText('connection poor. Ana’s connection is slow. They could turn their camera off.')
})

test('tiles of who is well connected say nothing', async () => {
  await setUp(0)
  await pass(3)
  expect(screen.queryByText(/^connection/)).toBeNull()
})

test('the badge opens the figures of everyone, which can be copied', async () => {
  const writeText = vi.fn<(words: string) => Promise<void>>(() => Promise.resolve())
  vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(writeText)
  await setUp(0.05)
  await pass(3)
  fireEvent.click(screen.getByRole('button', { name: /Server/ }))
  const dialog = screen.getByRole('dialog', { name: 'Connection' })
  within(dialog).getByText(
    'Sound and pictures go through the server, as this meeting or its server wants it.',
  )
  const ana = within(dialog).getByRole('region', { name: 'Ana' })
  within(ana).getByText('Fair')
  within(ana).getByRole('heading', { name: 'Microphone' })
  within(ana).getByText('5.0 %')
  fireEvent.click(within(dialog).getByRole('button', { name: 'Copy as text' }))
  await waitFor(() => within(dialog).getByText('Copied'))
  expect(writeText.mock.calls[0]?.[0]).toContain('Ana: Fair (loss)')
})

test('the server is told every ten seconds, in a report that it takes', async () => {
  const { fake } = await setUp(0.05)
  await pass(5)
  const [first, ...rest] = fake.server.inputsOf('stats.report')
  expect(StatsReport.parse(first)).toMatchObject({ way: 'none', level: 'good' })
  expect(rest).toEqual([])
  await pass(5)
  expect(fake.server.inputsOf('stats.report')).toHaveLength(2)
})

/** A camera that is sent over a line which hardly carries a voice. */
function sendsOverNarrowLine({ fake }: RoomInTest): void {
  let bytesSent = 0
  const sender = {
    getStats() {
      bytesSent += 10_000
      const pair = { id: 'pair', type: 'candidate-pair', selected: true, availableOutgoingBitrate: 90_000 }
      const outbound = {
        ...{ id: 'out', type: 'outbound-rtp', timestamp: Date.now(), bytesSent },
        qualityLimitationReason: 'bandwidth',
      }
      return Promise.resolve(new Map<string, unknown>(Object.entries({ pair, outbound })))
    },
  }
  fake.topology.sending.push({
    way: 'sfu',
    source: 'camera',
    to: null,
    sender: sender as unknown as RTCRtpSender,
  })
}

test('who has a slow connection is told once what helps', async () => {
  const here = await setUp(0)
  await act(() => here.room.localParticipant.setCameraOff(false))
  sendsOverNarrowLine(here)
  await pass(3)
  const words = 'Your connection is slow: turn your camera off to be heard better.'
  expect(here.store.getState().ui.notice?.text).toBe(words)
  within(screen.getByRole('group', { name: /\(you\)/ })).getByText(`connection poor. ${words}`)
})

test('who has a slow connection finds what helps a press away', async () => {
  const here = await setUp(0)
  await act(() => here.room.localParticipant.setCameraOff(false))
  sendsOverNarrowLine(here)
  await pass(3)
  const own = screen.getByRole('group', { name: /\(you\)/ })
  fireEvent.click(within(own).getByRole('button', { name: /^connection poor/ }))
  const dialog = screen.getByRole('dialog', { name: 'Connection' })
  const you = within(dialog).getByRole('region', { name: 'You' })
  within(you).getByText('Your connection is slow: turn your camera off to be heard better.')
  const link = within(you).getByRole('link', { name: 'Test my connection (opens in a new tab)' })
  expect([link.getAttribute('href'), link.getAttribute('target')]).toEqual(['/test', '_blank'])
  fireEvent.click(within(you).getByRole('button', { name: 'Turn off camera' }))
  expect(document.activeElement).toBe(link)
  await pass(1)
  expect(here.room.localParticipant.track('camera')?.state.get().muted).toBe(true)
  within(you).getByText('Your connection is slow: move closer to your Wi-Fi, or use a cable.')
  expect(within(you).queryByRole('button')).toBeNull()
})

test('who is well connected finds the test below the figures', async () => {
  await setUp(0)
  await pass(3)
  fireEvent.click(screen.getByRole('button', { name: /Server/ }))
  const dialog = screen.getByRole('dialog', { name: 'Connection' })
  expect(within(dialog).getAllByRole('link', { name: /Test my connection/ })).toHaveLength(1)
  expect(within(dialog).queryByRole('button', { name: 'Turn off camera' })).toBeNull()
})
