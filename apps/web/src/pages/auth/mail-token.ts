/**
 * The token of a letter's link. It stands behind the `#`, which browsers send to no server.
 *
 * @returns null when the link is not whole
 */
export function mailToken(hash: string): string | null {
  const written = hash.replace(/^#/, '').replace(/^token=/, '')
  try {
    const token = decodeURIComponent(written)
    return token.length >= 20 && token.length <= 200 ? token : null
  } catch {
    return null
  }
}
