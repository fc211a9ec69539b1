import type { CallQuality, PersonQuality } from '@video-meet/protocol'
import { csvOf } from '../../platform/csv.ts'

/** The columns: their heading, and what stands in the line of a person. */
const COLUMNS: readonly (readonly [string, (person: PersonQuality, call: CallQuality) => string])[] = [
  ['Call', (_, { startedAt }) => startedAt],
  ['Name', ({ name }) => name],
  ['Account or guest', ({ kind }) => (kind === 'user' ? 'account' : 'guest')],
  ['Minutes measured', ({ seconds }) => minutes(seconds)],
  ['Minutes good', ({ seconds, fairSeconds, poorSeconds }) => minutes(seconds - fairSeconds - poorSeconds)],
  ['Minutes fair', ({ fairSeconds }) => minutes(fairSeconds)],
  ['Minutes poor', ({ poorSeconds }) => minutes(poorSeconds)],
  ['Longest poor from', ({ worstStretch }) => worstStretch?.from ?? ''],
  ['Longest poor to', ({ worstStretch }) => worstStretch?.to ?? ''],
  ['Main problem', ({ problems }) => problems[0]?.problem ?? ''],
  ['Delay ms', ({ rttMs }) => figure(rttMs?.median)],
  ['Worst delay ms', ({ rttMs }) => figure(rttMs?.worst)],
  ['Loss %', ({ lossShare }) => percent(lossShare?.median)],
  ['Worst loss %', ({ lossShare }) => percent(lossShare?.worst)],
  ['Jitter ms', ({ jitterMs }) => figure(jitterMs?.median)],
  ['Worst jitter ms', ({ jitterMs }) => figure(jitterMs?.worst)],
  ['Sent kbit/s', ({ sentKbps }) => figure(sentKbps)],
  ['Received kbit/s', ({ receivedKbps }) => figure(receivedKbps)],
  ['Height of sent picture', ({ sentHeight }) => figure(sentHeight)],
  ['Height of received picture', ({ receivedHeight }) => figure(receivedHeight)],
  ['Minutes direct', ({ ways }) => minutes(ways.links)],
  ['Minutes through the server', ({ ways }) => minutes(ways.sfu)],
  ['Minutes relayed', ({ ways }) => minutes(ways.relayed)],
  ['Minutes over TCP', ({ ways }) => minutes(ways.tcp)],
  ['Changes of way', ({ switches }) => figure(switches)],
  ['Reconnects', ({ reconnects }) => figure(reconnects)],
]

/** How everyone was connected as CSV, one line per person and call; times are in UTC. */
export function qualityCsv(calls: readonly CallQuality[]): string {
  const header = COLUMNS.map(([heading]) => heading)
  const lines = calls.flatMap((call) =>
    call.people.map((person) => COLUMNS.map(([, write]) => write(person, call))),
  )
  return csvOf([header, ...lines])
}

function minutes(seconds: number): string {
  return (seconds / 60).toFixed(1)
}

function percent(share: number | undefined): string {
  return share === undefined ? '' : (share * 100).toFixed(1)
}

function figure(value: number | null | undefined): string {
  return value === null || value === undefined ? '' : String(value)
}
