/** Runs asynchronous tasks one after the other, in the order they were given. A failed task does not stop the next. */
export class SerialQueue {
  #tail: Promise<unknown> = Promise.resolve()
  #closed = false

  /**
   * Runs `task` after all tasks before it.
   *
   * @returns what the task returns; rejects with `QueueClosedError` if the queue was closed before its turn
   */
  run<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#tail.then(() => {
      if (this.#closed) throw new QueueClosedError()
      return task()
    })
    this.#tail = result.catch(() => undefined)
    return result
  }

  /** Rejects the tasks that have not begun; the running one goes on. */
  close(): void {
    this.#closed = true
  }
}

/** A task's turn came after its queue was closed. */
export class QueueClosedError extends Error {
  override readonly name = 'QueueClosedError'

  constructor() {
    super('The queue was closed before this task began.')
  }
}
