import { spawn } from 'node:child_process'
import type { ChildProcess, SpawnOptions } from 'node:child_process'
import os from 'node:os'
import process from 'node:process'
import { ROOT } from './paths.ts'

export type Outcome = {
  /** Exit code; 128 + signal number when a signal ended it, 127 when it could not be started. */
  readonly code: number
  readonly stdout: string
  /** Both streams in the order in which they arrived. */
  readonly output: string
}

type RunOptions = {
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
  readonly timeoutMs?: number
  readonly onOutput?: (chunk: string) => void
}

const exitCode = (code: number | null, signal: NodeJS.Signals | null): number =>
  code ?? 128 + (signal ? os.constants.signals[signal] : 1)

function start(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  return spawn(command, args, { cwd: ROOT, ...options })
}

/** Runs a command to its end and gives back what it printed. Never rejects: a command that is missing exits with 127. */
export async function run(
  command: string,
  args: readonly string[],
  { cwd = ROOT, env = process.env, timeoutMs, onOutput }: RunOptions = {},
): Promise<Outcome> {
  const child = start(command, args, {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(timeoutMs !== undefined && { timeout: timeoutMs, killSignal: 'SIGKILL' as const }),
  })
  const stopEnding = endWith(child)
  let stdout = ''
  let output = ''
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk
    output += chunk
    onOutput?.(chunk)
  })
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk
    onOutput?.(chunk)
  })
  return new Promise((resolve) => {
    const finish = (code: number, rest = ''): void => {
      stopEnding()
      resolve({ code, stdout, output: output + rest })
    }
    child.on('error', (error) => finish(127, error.message))
    child.on('close', (code, signal) => finish(exitCode(code, signal)))
  })
}

/** Runs a command on this terminal, passes signals on, and gives back its exit code. */
export async function runOnTerminal(
  command: string,
  args: readonly string[],
  { cwd = ROOT, env = process.env }: Pick<RunOptions, 'cwd' | 'env'> = {},
): Promise<number> {
  const child = start(command, args, { cwd, env, stdio: 'inherit' })
  const stopPassing = passSignalsTo(child)
  return new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(error.message)
      stopPassing()
      resolve(127)
    })
    child.on('exit', (code, signal) => {
      stopPassing()
      resolve(exitCode(code, signal))
    })
  })
}

function onSignals(listener: (signal: NodeJS.Signals) => void): () => void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, listener)
  return () => {
    for (const signal of signals) process.removeListener(signal, listener)
  }
}

/** Hands SIGINT, SIGTERM and SIGHUP to a child; gives back the undo. */
export function passSignalsTo(child: ChildProcess): () => void {
  return onSignals((signal) => {
    // Ctrl-C on a terminal has reached the child already.
    if (signal === 'SIGINT' && process.stdin.isTTY) return
    child.kill(signal)
  })
}

/** A signal ends the child first, and this process with it: no compiler goes on without its owner. */
function endWith(child: ChildProcess): () => void {
  return onSignals((signal) => {
    child.once('close', () => process.exit(exitCode(null, signal)))
    child.kill(signal)
  })
}

/** Whether a command exists in PATH. */
export async function hasCommand(command: string): Promise<boolean> {
  const { code } = await run(process.platform === 'win32' ? 'where' : 'which', [command])
  return code === 0
}
