/** Several changes of one moment, as when a telephone goes from one network to another, are one. */
const SETTLED_AFTER_MS = 300

interface Places {
  readonly page: EventTarget | undefined
  /** Of Chromium alone. */
  readonly connection: EventTarget | undefined
}

/**
 * Tells when this device may be on another network, which connections notice by themselves many seconds later.
 *
 * @returns stops watching
 */
export function watchNetwork(onChanged: () => void, places: Places = ownPlaces()): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const changed = () => {
    clearTimeout(timer)
    timer = setTimeout(onChanged, SETTLED_AFTER_MS)
  }
  places.page?.addEventListener('online', changed)
  places.connection?.addEventListener('change', changed)
  return () => {
    clearTimeout(timer)
    places.page?.removeEventListener('online', changed)
    places.connection?.removeEventListener('change', changed)
  }
}

function ownPlaces(): Places {
  const navigator = globalThis.navigator as (Navigator & { readonly connection?: EventTarget }) | undefined
  return { page: globalThis.window, connection: navigator?.connection }
}
