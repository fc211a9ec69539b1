/*
 * M2, M7, M9: what two people notice when something goes wrong, in a call through the server and in a direct one. Each is
 * in a network of their own; what goes wrong goes wrong on the way to one of them, or at the server.
 */
import { loadavg } from 'node:os'
import { canMakeNetworks } from '../e2e/support/net-commands.ts'
import { FAULTS } from './support/fault-list.ts'
import { type FaultResult, headOf, isMet, rowsOf } from './support/figures.ts'
import { table } from './support/table.ts'

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => FAULTS.every((fault) => fault.name !== name))
if (unknown.length > 0) {
  console.error(
    `There is no fault ${unknown.join(', ')}. Choose of: ${FAULTS.map(({ name }) => name).join(', ')}`,
  )
  process.exitCode = 2
} else if (!canMakeNetworks) {
  console.error('This takes network namespaces: run it as root, with iproute2 and nftables installed.')
  process.exitCode = 2
} else {
  await measure()
}

async function measure(): Promise<void> {
  const results: FaultResult[] = []
  for (const fault of FAULTS.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
    const result = await fault.measure()
    results.push(result)
    // Each takes long: what is known is shown.
    console.log(`${table([headOf(result), ...rowsOf(result)])}\n`)
  }
  const figures = results.flatMap((result) => result.figures)
  const missed = figures.filter((figure) => isMet(figure) === false).length
  const goals = figures.filter((figure) => isMet(figure) !== null).length
  console.log(`${goals - missed} of ${goals} goals met; load ${loadavg()[0]?.toFixed(1)}\n`)
  console.log(JSON.stringify({ metric: 'faults', results }))
}
