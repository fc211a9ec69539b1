import type { LinkSignal, ParticipantId } from '@video-meet/protocol'

/** A signal on its way from one participant to another. */
export interface PassedSignal {
  readonly from: ParticipantId
  readonly to: ParticipantId
  readonly ends: { readonly from: string; readonly to: string | null }
  readonly signal: LinkSignal
}

/** Passes signals on between participants as the server does, or as it never should. Needs fake timers. */
export class FakeSignalPath {
  readonly passed: PassedSignal[] = []
  /** When a signal arrives, in ms: never, once or several times. */
  arrivals: (passed: PassedSignal) => readonly number[] = () => [20]
  readonly #receivers = new Map<ParticipantId, (passed: PassedSignal) => void>()

  /** Who receives for a participant from now on; null while nobody is there. */
  attach(id: ParticipantId, receive: ((passed: PassedSignal) => void) | null): void {
    if (receive) this.#receivers.set(id, receive)
    else this.#receivers.delete(id)
  }

  send(passed: PassedSignal): void {
    const copy = structuredClone(passed)
    this.passed.push(copy)
    for (const ms of this.arrivals(copy)) setTimeout(() => this.#receivers.get(passed.to)?.(copy), ms)
  }

  /** What one participant said, by what it is: offer, answer, candidates, demand or hello. */
  saidBy(id: ParticipantId): readonly string[] {
    return this.passed
      .filter(({ from }) => from === id)
      .map(({ signal }) => (signal.type === 'description' ? signal.description.type : signal.type))
  }
}
