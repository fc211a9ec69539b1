/** Something that is done when it is asked for, but not more often than so. */
export interface Paced {
  ask(): void
  /** What was asked for is done now. */
  flush(): void
  /** What is still to be done is not done any more. */
  close(): void
}

/** Does `act` at once, and what is asked for within `everyMs` after that once at the end of it. */
export function paced(everyMs: number, act: () => void): Paced {
  let timer: NodeJS.Timeout | undefined
  let isAsked = false
  const rest = () => {
    timer = undefined
    if (isAsked) go()
  }
  const go = () => {
    isAsked = false
    timer = setTimeout(rest, everyMs).unref()
    act()
  }
  return {
    ask() {
      if (timer === undefined) go()
      else isAsked = true
    },
    flush() {
      if (!isAsked) return
      clearTimeout(timer)
      go()
    },
    close() {
      clearTimeout(timer)
      isAsked = false
    },
  }
}
