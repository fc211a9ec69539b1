/**
 * Runs in the page before its scripts: marks from outside what a join waits for, so that the breakdown needs nothing
 * from the product. Stands alone, because it is sent to the browser as text.
 */
export function installJoinMarks(): void {
  let clicked = false
  let connections = 0

  function mark(name: string): void {
    if (clicked && performance.getEntriesByName(name, 'mark').length === 0) performance.mark(name)
  }

  const NativeConnection = window.RTCPeerConnection
  window.RTCPeerConnection = class extends NativeConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration)
      const name = `connection ${++connections}`
      mark(`${name}: made`)
      this.addEventListener('track', ({ track }) => mark(`${name}: ${track.kind} track`))
      this.addEventListener('iceconnectionstatechange', () => mark(`${name}: ICE ${this.iceConnectionState}`))
      this.addEventListener('connectionstatechange', () => mark(`${name}: ${this.connectionState}`))
    }
  }

  const NativeSocket = window.WebSocket
  window.WebSocket = class extends NativeSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols)
      this.addEventListener('message', () => mark('socket: first message in'))
    }

    override send(message: string | Blob | BufferSource): void {
      mark('socket: first message out')
      super.send(message)
    }
  }

  window.addEventListener('click', () => (clicked = true), { capture: true })
}
