/** What one join took, in ms after the click. */
export interface FirstFrame {
  readonly firstFrame: number
  /** `performance.mark`s that the page set after the click. */
  readonly marks: Readonly<Record<string, number>>
}

declare global {
  interface Window {
    firstFrame: FirstFrame | undefined
  }
}

/**
 * Runs in the page before its scripts: from the click on "Join now" to the first frame that is presented in a tile
 * of one of `names`. Stands alone, because it is sent to the browser as text.
 */
export function installFirstFrameWatch(names: readonly string[]): void {
  const seen = new WeakSet<HTMLVideoElement>()
  let clickedAt: number | undefined

  function onFrame(): void {
    if (clickedAt === undefined || window.firstFrame !== undefined) return
    const since = clickedAt
    const later = performance.getEntriesByType('mark').filter(({ startTime }) => startTime >= since)
    const marks = Object.fromEntries(later.map(({ name, startTime }) => [name, startTime - since]))
    window.firstFrame = { firstFrame: performance.now() - since, marks }
  }

  function watchNewVideos(): void {
    for (const group of document.querySelectorAll('[role=group]')) {
      const name = group.getAttribute('aria-label') ?? ''
      const video = group.querySelector('video')
      if (video === null || seen.has(video) || !names.some((known) => name.startsWith(known))) continue
      seen.add(video)
      video.requestVideoFrameCallback(onFrame)
    }
  }

  function onClick(event: MouseEvent): void {
    const button = event.target instanceof Element ? event.target.closest('button') : null
    if (button?.textContent.trim() !== 'Join now') return
    clickedAt = event.timeStamp
    watchNewVideos()
    const what = { subtree: true, childList: true, attributes: true, attributeFilter: ['aria-label', 'role'] }
    new MutationObserver(watchNewVideos).observe(document.body, what)
  }

  window.addEventListener('click', onClick, { capture: true })
}
