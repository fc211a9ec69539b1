/** A media track without a device behind it. */
export class FakeTrack extends EventTarget implements MediaStreamTrack {
  readonly id = crypto.randomUUID()
  readonly kind: 'audio' | 'video'
  readonly label: string
  readonly #settings: MediaTrackSettings
  contentHint = ''
  enabled = true
  muted = false
  onended: MediaStreamTrack['onended'] = null
  onmute: MediaStreamTrack['onmute'] = null
  onunmute: MediaStreamTrack['onunmute'] = null
  #readyState: MediaStreamTrackState = 'live'

  constructor(kind: 'audio' | 'video', settings: MediaTrackSettings = {}) {
    super()
    this.kind = kind
    this.label = `Fake ${kind}`
    this.#settings = kind === 'video' ? { width: 1280, height: 720, ...settings } : settings
  }

  get readyState(): MediaStreamTrackState {
    return this.#readyState
  }

  stop(): void {
    this.#readyState = 'ended'
  }

  /** Ends as when the device is unplugged or the person stops sharing in the browser. */
  endByItself(): void {
    if (this.#readyState === 'ended') return
    this.#readyState = 'ended'
    this.dispatchEvent(new Event('ended'))
  }

  clone(): FakeTrack {
    return new FakeTrack(this.kind, this.#settings)
  }

  applyConstraints(_constraints?: MediaTrackConstraints): Promise<void> {
    return Promise.resolve()
  }

  getCapabilities(): MediaTrackCapabilities {
    return {}
  }

  getConstraints(): MediaTrackConstraints {
    return {}
  }

  getSettings(): MediaTrackSettings {
    return this.#settings
  }
}
