/** What a page has noticed while something was wrong. It is gone when the page is loaded again. */
export interface FaultWatch {
  /** When each message was first shown, in ms since 1970, by its text. */
  readonly shown: Record<string, number>
  /** The most tiles of one person that there were at one moment. */
  mostTiles: number
}

declare global {
  interface Window {
    faultWatch: FaultWatch | undefined
    /** Texts of the chat as it is now that look like the ledger's, each as often as it is there. */
    ledgerTexts(): string[]
    /** How many tiles there are of somebody. */
    tilesOf(name: string): number
    watchFault(names: readonly string[]): void
  }
}

/** Runs in the page before its scripts. Stands alone, because it is sent to the browser as text. */
export function installFaultWatch(): void {
  window.ledgerTexts = () => {
    const log = document.querySelector<HTMLElement>('[role=log]')
    return log?.innerText.match(/[A-Z][a-z]+-\d+\./g) ?? []
  }

  window.tilesOf = (name) =>
    [...document.querySelectorAll('[role=group]')].filter((group) =>
      new RegExp(`^${name}(,|$)`).test(group.getAttribute('aria-label') ?? ''),
    ).length

  window.watchFault = (names) => {
    const watch: FaultWatch = { shown: {}, mostTiles: 0 }
    window.faultWatch = watch
    const look = () => {
      for (const text of window.ledgerTexts()) watch.shown[text] ??= Date.now()
      watch.mostTiles = Math.max(watch.mostTiles, ...names.map((name) => window.tilesOf(name)))
    }
    look()
    const attributeFilter = ['aria-label']
    const what = { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter }
    new MutationObserver(look).observe(document.body, what)
  }
}
