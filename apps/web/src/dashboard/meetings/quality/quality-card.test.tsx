import { fireEvent, screen, within } from '@testing-library/react'
import type { CallQuality, Meeting } from '@video-meet/protocol'
import { afterEach, expect, test, vi } from 'vitest'
import { buildPersonQuality } from '../../../../test/call-quality.ts'
import {
  buildUser,
  createFakeAccount,
  failure,
  type FakeAnswers,
  renderWithAccount,
  signedIn,
} from '../../../../test/fake-account.tsx'
import { saveFile } from '../../../lib/save-file.ts'
import { QualityCard } from './quality-card.tsx'

vi.mock('../../../lib/save-file.ts', () => ({ saveFile: vi.fn<typeof saveFile>() }))

const ROUTE = 'GET /meetings/:id/quality'
const MEETING = { id: 'the-meeting', state: 'open' } as unknown as Meeting
const AT = '2026-07-04T12:00:00.000Z'

afterEach(() => vi.clearAllMocks())

const buildCall = (change: Partial<CallQuality> = {}): CallQuality => ({
  startedAt: AT,
  endedAt: '2026-07-04T12:34:00.000Z',
  people: [
    buildPersonQuality(),
    buildPersonQuality({ kind: 'user', name: 'Ben', seconds: 100, poorSeconds: 4 }),
  ],
  events: [],
  ...change,
})

async function open(list: FakeAnswers[string], more: FakeAnswers = {}) {
  const account = createFakeAccount(
    { 'POST /auth/refresh': () => signedIn(buildUser({ timeZone: 'UTC' })), [ROUTE]: list, ...more },
    true,
  )
  await renderWithAccount(account, <QualityCard meeting={MEETING} />)
  return account
}

test('says that nothing was measured, and offers no file', async () => {
  await open(() => ({ items: [], nextCursor: null }))
  await screen.findByText('Nothing was measured yet')
  expect(screen.queryByRole('button', { name: /Download/ })).toBeNull()
})

test('says what went wrong, and tries again', async () => {
  let answers = 0
  await open(() => {
    answers += 1
    if (answers === 1) throw failure('internal')
    return { items: [buildCall()], nextCursor: null }
  })
  fireEvent.click(await screen.findByRole('button', { name: 'Try again' }))
  await screen.findByText('Ben')
})

test('shows how everyone was connected, and what happened', async () => {
  const events = Array.from({ length: 9 }, () => ({ kind: 'away', at: AT, name: 'Ana' }) as const)
  await open(() => ({ items: [buildCall({ events })], nextCursor: null }))
  const table = await screen.findByRole('table', { name: /How everyone was connected, 4 Jul 2026/ })
  const [, ana, ben] = within(table).getAllByRole('row')
  expect(ana?.textContent).toContain('100 % good')
  expect(ben?.textContent).toContain('96 % good, 4.0 % poor')
  expect(screen.getByRole('heading', { name: /34 min, 2 people/ })).toBeDefined()
  expect(screen.getAllByText('Ana’s line is lost.')).toHaveLength(8)
  fireEvent.click(screen.getByRole('button', { name: 'Show all 9' }))
  expect(screen.getAllByText('Ana’s line is lost.')).toHaveLength(9)
  fireEvent.click(screen.getByRole('button', { name: 'Show fewer' }))
  expect(screen.getAllByText('Ana’s line is lost.')).toHaveLength(8)
})

test('shows earlier calls when asked to', async () => {
  const account = await open(({ query }) =>
    (query as { cursor?: string }).cursor === undefined
      ? { items: [buildCall()], nextCursor: 'earlier' }
      : { items: [buildCall({ startedAt: '2026-07-03T12:00:00.000Z' })], nextCursor: null },
  )
  fireEvent.click(await screen.findByRole('button', { name: 'Show more' }))
  await screen.findByRole('heading', { name: /3 Jul 2026/ })
  const [, second] = account.calls.filter(({ route }) => route === ROUTE)
  expect(second?.sent).toEqual({ params: { id: 'the-meeting' }, query: { cursor: 'earlier' } })
})

test('saves it as a file', async () => {
  await open(() => ({ items: [buildCall()], nextCursor: null }), {
    'GET /meetings/:id/quality/export': () => 'Call,Name',
  })
  fireEvent.click(await screen.findByRole('button', { name: 'Download CSV of: Connections' }))
  await vi.waitFor(() => expect(saveFile).toHaveBeenCalledWith(expect.any(Blob), 'connections.csv'))
})
