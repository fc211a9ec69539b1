import process from 'node:process'
import { aptLine, usesApt } from '../lib/system-packages.ts'
import { NODE_MAJOR } from '../run/pick-node.mjs'
import { TEST_TOOLS, toolProblem } from '../test/test-tools.ts'
import { isWebBuilt } from '../web/build-web.ts'
import { findWorker } from '../worker/ensure-worker.ts'
import { findDefect } from '../worker/run-self-test.ts'
import type { Finding } from './finding.ts'
import { messageOf } from './finding.ts'

export function checkNode(): Finding {
  const ok = Number(process.versions.node.split('.')[0]) >= NODE_MAJOR
  return {
    ok,
    subject: 'Node.js',
    state: `${process.versions.node} on ${process.platform} ${process.arch}`,
    remedy: `Run it through npm (npm run doctor), or install Node.js ${NODE_MAJOR}.`,
  }
}

/** Carries a WebRTC connection through the worker: it may have been made for libraries that changed since. */
export async function checkWorker(): Promise<Finding> {
  const subject = 'SFU worker'
  try {
    const worker = await findWorker()
    if (!worker) {
      const remedy = 'npm start gets it: a download where that works, otherwise about 2 minutes of compiling.'
      return { ok: false, subject, state: 'not there yet', remedy }
    }
    const defect = await findDefect(worker)
    if (!defect) return { ok: true, subject, state: `carries a WebRTC connection (${worker})` }
    return {
      ok: false,
      subject,
      state: `${defect} (${worker})`,
      remedy: 'Remove that file; npm start makes it again.',
    }
  } catch (error) {
    return { ok: false, subject, state: messageOf(error), remedy: 'Correct or unset MEDIASOUP_WORKER_BIN.' }
  }
}

export function checkWeb(): Finding {
  const ok = isWebBuilt()
  return {
    ok,
    subject: 'Web client',
    state: ok ? 'built from the sources as they are' : 'not built from the sources as they are',
    remedy: 'npm start builds it.',
  }
}

/** What only the tests need. */
export function checkTestTools(): Promise<Finding[]> {
  return Promise.all(
    TEST_TOOLS.map(async (tool): Promise<Finding> => {
      const problem = await toolProblem(tool)
      const install = usesApt() ? aptLine([tool.debianPackage]) : `Install ${tool.commands.join(' or ')}.`
      return {
        ok: problem === undefined,
        optional: true,
        subject: tool.commands[0] ?? '',
        state: problem === undefined ? 'found' : `${problem} (${tool.purpose}; only npm test needs it)`,
        remedy: install,
      }
    }),
  )
}
