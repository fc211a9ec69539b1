import { once } from 'node:events'
import { createServer } from 'node:http'
import { installFirstFrameWatch } from './first-frame-watch.ts'

/** The page that shows what the browser itself needs: two connected RTCPeerConnections and nothing else. */
export interface FloorPage extends AsyncDisposable {
  readonly url: string
}

export async function serveFloorPage(): Promise<FloorPage> {
  const scripts = `(${installFirstFrameWatch.toString()})(['remote']);(${installFloor.toString()})()`
  const body = `<!doctype html><html lang="en"><title>Floor</title>
    <div role="group" aria-label="local"><video id="local" autoplay muted playsinline></video></div>
    <div role="group" aria-label="remote"><video id="remote" autoplay playsinline></video></div>
    <button id="join" disabled>Join now</button><script>${scripts}</script>`
  const server = createServer((_, response) => response.setHeader('Content-Type', 'text/html').end(body))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://localhost:${port}/`,
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

/** Runs in the page: camera and microphone first, then, at the click, the shortest way to a picture. */
function installFloor(): void {
  const screen = (id: string) => document.getElementById(id) as HTMLVideoElement

  function connect(stream: MediaStream): void {
    const here = new RTCPeerConnection()
    const there = new RTCPeerConnection()
    here.onicecandidate = ({ candidate }) => void there.addIceCandidate(candidate)
    there.onicecandidate = ({ candidate }) => void here.addIceCandidate(candidate)
    there.ontrack = ({ streams: [received] }) => (screen('remote').srcObject = received ?? null)
    for (const track of stream.getTracks()) here.addTrack(track, stream)
    void negotiate(here, there)
  }

  async function negotiate(here: RTCPeerConnection, there: RTCPeerConnection): Promise<void> {
    await here.setLocalDescription()
    await there.setRemoteDescription(here.localDescription as RTCSessionDescription)
    await there.setLocalDescription()
    await here.setRemoteDescription(there.localDescription as RTCSessionDescription)
  }

  async function prepare(): Promise<void> {
    const video = { width: { ideal: 1280 }, height: { ideal: 720 } }
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video })
    screen('local').srcObject = stream
    const button = document.getElementById('join') as HTMLButtonElement
    button.onclick = () => connect(stream)
    button.disabled = false
  }

  void prepare()
}
