/** Collects what has to be undone when its owner closes: subscriptions, timers, listeners. */
export class UndoList {
  #undos: (() => void)[] = []
  #done = false

  /** Keeps `undo` for later; calls it at once when the list has run already. */
  add(undo: () => void): void {
    if (this.#done) undo()
    else this.#undos.push(undo)
  }

  /** Adds an event listener that goes when the list runs. */
  listen(target: EventTarget, name: string, listener: (event: Event) => void): void {
    target.addEventListener(name, listener)
    this.add(() => target.removeEventListener(name, listener))
  }

  /** Undoes everything once, the newest first. */
  run(): void {
    this.#done = true
    const undos = this.#undos.toReversed()
    this.#undos = []
    for (const undo of undos) undo()
  }
}
