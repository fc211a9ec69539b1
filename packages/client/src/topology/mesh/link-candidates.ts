import type { LinkSignal } from '@video-meet/protocol'

type Candidates = Extract<LinkSignal, { type: 'candidates' }>['candidates']

/** Candidates that are found within this time go in one message. */
const COLLECT_FOR_MS = 30
const AT_ONCE = 20
/** Addresses that only this device can reach. The server leaves out others that no participant can have. */
const NOWHERE = /^(?:0\.|127\.|169\.254\.|::1?$|fe[89ab])/i

/** The own candidates on their way to the other end. */
export class LinkCandidates {
  readonly #send: (candidates: Candidates) => void
  #found: Candidates = []
  #unsent = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #closed = false

  constructor(send: (candidates: Candidates) => void) {
    this.#send = send
  }

  add({ candidate, sdpMid, sdpMLineIndex, usernameFragment }: RTCIceCandidate): void {
    if (this.#closed || NOWHERE.test(candidate.split(' ')[4] ?? '')) return
    this.#found.push({ candidate, sdpMid, sdpMLineIndex, usernameFragment })
    this.#unsent += 1
    if (this.#unsent >= AT_ONCE) this.#flush()
    else this.#timer ??= setTimeout(() => this.#flush(), COLLECT_FOR_MS)
  }

  /** Another description begins, with candidates of its own. */
  forget(): void {
    this.#flush()
    this.#found = []
  }

  /** Sends all of this description again. */
  repeat(): void {
    this.#unsent = this.#found.length
    this.#flush()
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
    this.#found = []
    this.#unsent = 0
  }

  #flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const from = this.#found.length - this.#unsent
    this.#unsent = 0
    for (let at = from; at < this.#found.length; at += AT_ONCE)
      this.#send(this.#found.slice(at, at + AT_ONCE))
  }
}
