/**
 * Browser features that some browsers, privacy settings or pages without HTTPS lack. Use them through this file only:
 * `scripts/checks/optional-apis.test.ts` rejects direct uses elsewhere.
 */

/** A random UUID. `crypto.randomUUID` exists on secure pages only; `getRandomValues` exists everywhere. */
export function createId(): string {
  const hex = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
  // Version 4 and variant 1 of RFC 9562.
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5')
}

/** An audio context that waits for the first click if it must; undefined where Web Audio is missing or blocked. */
export function openAudioContext(): AudioContext | undefined {
  try {
    return new AudioContext({ latencyHint: 'playback' })
  } catch {
    return undefined
  }
}

/**
 * Builds a graph of audio nodes, such as a level meter, in a context of its own. The caller closes the context.
 *
 * @returns undefined where the browser lacks any part of it: the page goes on without
 */
export function buildAudio<T>(build: (context: AudioContext) => T): T | undefined {
  const context = openAudioContext()
  try {
    const built = context && build(context)
    if (context) quietly(() => context.resume())
    return built
  } catch {
    closeAudio(context)
    return undefined
  }
}

/** Closes a context; one that is closed already stays so. */
export function closeAudio(context: AudioContext | undefined): void {
  if (context) quietly(() => context.close())
}

/** Does it at once; failures have no consequence. */
function quietly(act: () => Promise<unknown>): void {
  new Promise((resolve) => resolve(act())).catch(() => undefined)
}

/** Aborts with the first of the signals. `AbortSignal.any` is newer than the oldest browsers that we support. */
export function anySignal(signals: readonly AbortSignal[]): AbortSignal {
  const either = new AbortController()
  for (const signal of signals) {
    const abort = () => either.abort(signal.reason)
    if (signal.aborted) abort()
    // The listeners of the other signals go when one of them has aborted.
    else signal.addEventListener('abort', abort, { once: true, signal: either.signal })
  }
  return either.signal
}

/** A promise with its functions. `Promise.withResolvers` is newer than the oldest browsers that we support. */
export function deferred<T>() {
  let resolve!: (value: T) => void
  let reject!: (reason: unknown) => void
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve
    reject = onReject
  })
  return { promise, resolve, reject }
}

/**
 * Whether the browser reports that a script couldn't be loaded. Each browser says so with a `TypeError` of its own
 * words; an error inside a loaded script is none of these.
 */
export function isLoadFailure(error: unknown): boolean {
  return error instanceof TypeError && /module script|imported module|Failed to fetch/i.test(error.message)
}
