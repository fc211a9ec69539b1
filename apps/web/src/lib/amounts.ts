/** Bits per second as people read them. */
export function bitrateText(bps: number): string {
  return bps < 1_000_000 ? `${Math.round(bps / 1000)} kbit/s` : `${(bps / 1_000_000).toFixed(1)} Mbit/s`
}

/** A part of a whole, from 0 to 1, in percent. */
export function percentText(share: number): string {
  const percent = share * 100
  return `${percent > 0 && percent < 10 ? percent.toFixed(1) : Math.round(percent)} %`
}

export function millisecondsText(ms: number): string {
  return `${Math.round(ms)} ms`
}

/** How long something took. */
export function durationText(ms: number): string {
  return ms < 1000 ? millisecondsText(ms) : `${(ms / 1000).toFixed(1)} s`
}
