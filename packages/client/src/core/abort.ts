/**
 * Waits until `settle` is called by what `begin` starts; `begin` returns how to stop waiting.
 * Rejects with the signal's reason when it is aborted first.
 */
export function abortable<T>(
  signal: AbortSignal | undefined,
  begin: (resolve: (value: T) => void, reject: (error: unknown) => void) => () => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason)
      return
    }
    const abort = () => {
      stop()
      reject(signal?.reason)
    }
    const settled = () => signal?.removeEventListener('abort', abort)
    signal?.addEventListener('abort', abort, { once: true })
    const stop = begin(
      (value) => {
        settled()
        resolve(value)
      },
      (error) => {
        settled()
        reject(error)
      },
    )
  })
}

/** Resolves after `ms`; rejects with the signal's reason when it is aborted first. */
export function delay(ms: number, signal?: AbortSignal): Promise<void> {
  return abortable<void>(signal, (resolve) => {
    const timer = setTimeout(() => resolve(undefined), ms)
    return () => clearTimeout(timer)
  })
}

/** The outcome of `promise`, unless the signal is aborted before it. */
export function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  return abortable<T>(signal, (resolve, reject) => {
    promise.then(resolve, reject)
    return () => {}
  })
}
