import process from 'node:process'

const PLAIN_INTERVAL_MS = 10_000
const PLAIN_FRACTION = 0.1

/** @param {string} text */
export function say(text) {
  process.stdout.write(`${text}\n`)
}

/** @param {number} startedAt */
export function secondsSince(startedAt) {
  const seconds = (performance.now() - startedAt) / 1000
  return seconds < 10 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds)} s`
}

/**
 * One step that takes a while. On a terminal it rewrites one line; elsewhere it prints a line at the start,
 * then one per tenth of the way or per ten seconds, and one at the end.
 *
 * @param {string} label
 */
export function openProgress(label, stream = process.stdout) {
  const startedAt = performance.now()
  let lastPrintAt = startedAt
  let lastFraction = 0
  let text = ''

  const rewrite = () => {
    const line = `▸ ${label} ${text} (${secondsSince(startedAt)})`.replaceAll(/\s+/g, ' ')
    stream.write(`\r${line.slice(0, Math.max(20, (stream.columns ?? 80) - 1))}\u001b[K`)
  }
  const ticker = stream.isTTY ? setInterval(rewrite, 200) : undefined
  ticker?.unref()
  if (stream.isTTY) rewrite()
  else stream.write(`▸ ${label} …\n`)

  return {
    /**
     * @param {string} state
     * @param {number} [fraction] from 0 to 1, where known
     */
    update(state, fraction) {
      text = state
      if (stream.isTTY) return
      const now = performance.now()
      const due =
        fraction === undefined
          ? now - lastPrintAt >= PLAIN_INTERVAL_MS
          : fraction - lastFraction >= PLAIN_FRACTION || now - lastPrintAt >= PLAIN_INTERVAL_MS
      if (!due || fraction === 1) return
      lastPrintAt = now
      lastFraction = fraction ?? lastFraction
      stream.write(`  ${state} (${secondsSince(startedAt)})\n`)
    },
    /** @param {string} result */
    done(result) {
      clearInterval(ticker)
      stream.write(`${stream.isTTY ? '\r\u001b[K' : ''}✓ ${result} (${secondsSince(startedAt)})\n`)
    },
    /** Clears the line; the error that follows says what happened. */
    stop() {
      clearInterval(ticker)
      if (stream.isTTY) stream.write('\r\u001b[K')
    },
  }
}
