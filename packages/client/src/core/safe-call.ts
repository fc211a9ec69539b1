/**
 * Calls a listener so that what it throws cannot break its caller. The error still reaches the page's own error
 * reporting, as an uncaught error would.
 */
export function safeCall(call: () => void): void {
  try {
    call()
  } catch (error) {
    globalThis.setTimeout(() => {
      throw error
    })
  }
}
