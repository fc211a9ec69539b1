import os from 'node:os'
import path from 'node:path'
import { hasCommand, run } from '../lib/child-process.ts'
import { SetupFailure } from '../lib/failure.mjs'
import { inRoot } from '../lib/paths.ts'
import { openProgress } from '../lib/progress.mjs'
import { ensurePackages, usesApt } from '../lib/system-packages.ts'
import { findDefect } from './run-self-test.ts'
import type { WorkerPackage } from './worker-package.ts'
import { WORKER_FILE } from './worker-package.ts'

const DEBIAN_PACKAGES = [
  'cmake',
  'ninja-build',
  'pkg-config',
  'g++',
  'libuv1-dev',
  'libssl-dev',
  'libsrtp2-dev',
  'libabsl-dev',
  'libflatbuffers-dev',
  'flatbuffers-compiler',
]
const TOOLS = ['cmake', 'ninja', 'pkg-config', 'c++', 'flatc']
/** What one C++ compiler takes at its peak. */
const MEMORY_PER_JOB = 700 * 1024 * 1024

async function ensureTools(): Promise<void> {
  if (usesApt()) return ensurePackages(DEBIAN_PACKAGES, 'compiling the SFU worker')
  const missing: string[] = []
  for (const tool of TOOLS) if (!(await hasCommand(tool))) missing.push(tool)
  if (missing.length === 0) return
  throw new SetupFailure(
    `Compiling the SFU worker needs ${missing.join(', ')}.`,
    'Install cmake, ninja, pkg-config, a C++20 compiler, flatc, and the development files of libuv,\n' +
      'OpenSSL 3, libsrtp 2, abseil and flatbuffers. Or set MEDIASOUP_WORKER_BIN to a mediasoup-worker.',
  )
}

/** The compiler's messages of the first step that failed. */
function firstError(output: string): string {
  const at = output.indexOf('FAILED:')
  return at === -1 ? output.slice(-3000) : output.slice(at, at + 3000)
}

function compileFailure(step: string, output: string): SetupFailure {
  return new SetupFailure(
    `Compiling the SFU worker failed (${step}).`,
    'Look at the messages above. If a library is too old for this version, use a newer distribution\n' +
      '(Debian 12 and Ubuntu 24.04 work), or set MEDIASOUP_WORKER_BIN to a mediasoup-worker of your own.',
    { details: firstError(output) },
  )
}

async function compile(source: string, build: string): Promise<void> {
  const jobs = Math.max(1, Math.min(os.availableParallelism(), Math.floor(os.totalmem() / MEMORY_PER_JOB)))
  const progress = openProgress('Compiling the SFU worker, about 2 minutes on two cores')
  try {
    const configure = [
      '-S',
      inRoot('scripts/worker'),
      '-B',
      build,
      '-G',
      'Ninja',
      `-DWORKER_SOURCE=${source}`,
    ]
    const configured = await run('cmake', configure)
    if (configured.code !== 0) throw compileFailure('cmake', configured.output)
    const built = await run('ninja', ['-C', build, '-j', String(jobs)], {
      onOutput(chunk) {
        const steps = [...chunk.matchAll(/^\[(\d+)\/(\d+)\]/gm)].at(-1)
        if (!steps) return
        const fraction = Number(steps[1]) / Number(steps[2])
        progress.update(`${steps[1]} of ${steps[2]} files, ${Math.floor(fraction * 100)} %`, fraction)
      },
    })
    if (built.code !== 0) throw compileFailure('ninja', built.output)
  } catch (error) {
    progress.stop()
    throw error
  }
  progress.done('Compiled the SFU worker')
}

/**
 * Compiles the worker in `build` and gives back its path there, after the self-test. A build that was
 * interrupted goes on where it was.
 */
export async function buildWorker({ source }: WorkerPackage, build: string): Promise<string> {
  await ensureTools()
  await compile(source, build)
  const binary = path.join(build, WORKER_FILE)
  const progress = openProgress('Trying a WebRTC connection through the SFU worker')
  const defect = await findDefect(binary)
  if (defect) {
    progress.stop()
    throw new SetupFailure(
      `The compiled SFU worker fails its self-test: ${defect}`,
      'The libraries of this system do not fit this version of mediasoup. Use a newer distribution (Debian 12\n' +
        'and Ubuntu 24.04 work), or set MEDIASOUP_WORKER_BIN to a mediasoup-worker of your own.',
    )
  }
  progress.done('A WebRTC connection through the SFU worker works')
  return binary
}
