/** A door of its own, so that the start page can tell who was signed in here without the rest of the SDK. */
export function wasSignedIn(): boolean {
  try {
    return localStorage.getItem('video-meet.session') !== null
  } catch {
    // Storage is blocked.
    return false
  }
}
