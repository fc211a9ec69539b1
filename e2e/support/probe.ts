/*
 * Runs inside the page, before its own scripts. `installProbe` is sent to the browser as text, so it stands alone.
 */

/** Progress of one received track, or a change of what the page says, with the time in ms since 1970. */
export interface ProbeEvent {
  readonly at: number
  readonly kind: 'audio' | 'video' | 'name'
  /** Id of the track, or all names of groups joined by a line break. */
  readonly subject: string
}

export interface Probe {
  readonly connections: RTCPeerConnection[]
  /** Every element that was ever told to play, in the document or not. */
  readonly players: Set<HTMLMediaElement>
  readonly events: ProbeEvent[]
  /** When `watch()` was called last. */
  watchedAt: number
  /** When it was last looked whether something arrives. */
  sampledAt: number
  lastClickAt: number
  /** Names of everything with the role `group`, which are people's tiles. */
  groupNames(): string[]
  /** What a person would hear: of elements that play and are not muted, with a live track. */
  audibleTracks(): MediaStreamTrack[]
  /** From now on keeps `events`. */
  watch(): void
}

declare global {
  interface Window {
    probe: Probe
  }
}

export function installProbe(): void {
  const SAMPLE_MS = 40
  /** Below this much energy per sample nobody hears anything. */
  const AUDIBLE = 1e-6
  const connections: RTCPeerConnection[] = []
  const players = new Set<HTMLMediaElement>()
  const events: ProbeEvent[] = []
  const last = new Map<string, number>()
  const busy = new Set<RTCPeerConnection>()
  let watching = false

  const Native = window.RTCPeerConnection
  window.RTCPeerConnection = class extends Native {
    constructor(configuration?: RTCConfiguration) {
      super(configuration)
      connections.push(this)
    }
  }
  // eslint-disable-next-line typescript/unbound-method -- it is called with the element that it was called on
  const { play } = HTMLMediaElement.prototype
  HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
    players.add(this)
    return play.call(this)
  }

  function groupNames(): string[] {
    return [...document.querySelectorAll('[role=group]')].map((group) => {
      const label = group.getAttribute('aria-labelledby')
      return label === null
        ? (group.getAttribute('aria-label') ?? '')
        : label
            .split(' ')
            .map((id) => document.getElementById(id)?.textContent ?? '')
            .join(' ')
    })
  }

  function audibleTracks(): MediaStreamTrack[] {
    return [...new Set([...players, ...document.querySelectorAll('audio')])]
      .filter((player) => !player.paused && !player.muted && player.volume > 0)
      .flatMap((player) => (player.srcObject instanceof MediaStream ? player.srcObject.getAudioTracks() : []))
      .filter((track) => track.readyState === 'live')
  }

  function note(kind: ProbeEvent['kind'], subject: string): void {
    events.push({ at: Date.now(), kind, subject })
  }

  function hasGrown(id: string, value: number, by: number): boolean {
    const before = last.get(id) ?? value
    last.set(id, value)
    return value - before > by
  }

  /** Sound that was sent: what the browser makes up for missing packets fades slowly, and is nobody's voice. */
  function sounds(report: RTCInboundRtpStreamStats): boolean {
    const { trackIdentifier, totalAudioEnergy = 0, totalSamplesReceived = 0, concealedSamples = 0 } = report
    const louder = hasGrown(`${trackIdentifier} energy`, totalAudioEnergy, AUDIBLE)
    const received = hasGrown(`${trackIdentifier} samples`, totalSamplesReceived - concealedSamples, 0)
    return louder && received
  }

  async function sample(connection: RTCPeerConnection): Promise<void> {
    for (const report of (await connection.getStats()).values() as Iterable<RTCInboundRtpStreamStats>) {
      if (report.type !== 'inbound-rtp') continue
      const { kind, trackIdentifier: track, framesDecoded = 0 } = report
      if (kind === 'audio' && sounds(report)) note('audio', track)
      if (kind === 'video' && hasGrown(track, framesDecoded, 0)) note('video', track)
    }
    probe.sampledAt = Date.now()
  }

  /** Each connection by itself: the statistics of one that is closed meanwhile may never come. */
  function sampleAll(): void {
    const open = connections.filter(({ connectionState }) => connectionState !== 'closed')
    if (open.length === 0) probe.sampledAt = Date.now()
    for (const connection of open) {
      if (busy.has(connection)) continue
      busy.add(connection)
      void sample(connection).finally(() => busy.delete(connection))
    }
  }

  function noteNames(): void {
    const names = groupNames().join('\n')
    if (events.findLast((event) => event.kind === 'name')?.subject !== names) note('name', names)
  }

  function watch(): void {
    events.length = 0
    probe.watchedAt = Date.now()
    noteNames()
    if (watching) return
    watching = true
    setInterval(sampleAll, SAMPLE_MS)
    const attributeFilter = ['aria-label', 'aria-labelledby', 'role']
    const what = { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter }
    new MutationObserver(noteNames).observe(document.body, what)
  }

  const times = { watchedAt: 0, sampledAt: 0, lastClickAt: 0 }
  const probe: Probe = { connections, players, events, ...times, groupNames, audibleTracks, watch }
  window.probe = probe
  window.addEventListener('click', () => (probe.lastClickAt = Date.now()), { capture: true })
}
