/** When what one sees and hears of somebody was new, in ms of the page's clock. */
export interface ChangeTimes {
  readonly pictures: number[]
  readonly sounds: number[]
}

declare global {
  interface Window {
    changeTimes: ChangeTimes
    watchChanges(name: string): void
  }
}

/**
 * Runs in the page before its scripts. `watchChanges` keeps from then on when a picture of `name` was presented where one
 * can see it, and when sound was played that the other end had sent. Stands alone, as it is sent as text.
 */
export function installChangeWatch(): void {
  const SAMPLE_MS = 10
  const connections = new Set<RTCPeerConnection>()
  const seen = new WeakSet<HTMLVideoElement>()
  const Native = window.RTCPeerConnection
  window.RTCPeerConnection = class extends Native {
    constructor(configuration?: RTCConfiguration) {
      super(configuration)
      connections.add(this)
    }
  }
  window.changeTimes = { pictures: [], sounds: [] }

  function follow(video: HTMLVideoElement): void {
    if (!video.isConnected) return
    if (getComputedStyle(video).visibility === 'visible') window.changeTimes.pictures.push(performance.now())
    video.requestVideoFrameCallback(() => follow(video))
  }

  /** The sound that the page's audio elements play: the newest packet that was played of any of their tracks. */
  const played = new Map<string, number>()
  function sampleSound(): void {
    const playing = new Set(
      [...document.querySelectorAll('audio')]
        .filter(({ muted }) => !muted)
        .flatMap(({ srcObject }) => (srcObject as MediaStream | null)?.getAudioTracks() ?? [])
        .map(({ id }) => id),
    )
    let isNew = false
    for (const connection of connections) {
      if (connection.connectionState === 'closed') continue
      for (const receiver of connection.getReceivers()) {
        if (receiver.track.kind !== 'audio' || !playing.has(receiver.track.id)) continue
        const newest = Math.max(
          0,
          ...receiver.getSynchronizationSources().map(({ rtpTimestamp }) => rtpTimestamp),
        )
        if (newest !== (played.get(receiver.track.id) ?? newest)) isNew = true
        played.set(receiver.track.id, newest)
      }
    }
    if (isNew) window.changeTimes.sounds.push(performance.now())
  }

  window.watchChanges = (name) => {
    window.changeTimes = { pictures: [], sounds: [] }
    setInterval(sampleSound, SAMPLE_MS)
    const lookForVideos = () => {
      for (const group of document.querySelectorAll('[role=group]')) {
        if (!(group.getAttribute('aria-label') ?? '').startsWith(name)) continue
        for (const video of group.querySelectorAll('video')) {
          if (seen.has(video)) continue
          seen.add(video)
          video.requestVideoFrameCallback(() => follow(video))
        }
      }
    }
    lookForVideos()
    new MutationObserver(lookForVideos).observe(document.body, { subtree: true, childList: true })
  }
}
