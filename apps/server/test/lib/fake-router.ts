import { randomUUID } from 'node:crypto'
import type { MediaSession, MediaSessionId, TrackSource } from '@video-meet/protocol'
import { Emitter } from '../../src/platform/emitter.ts'
import type { RouterSource } from '../../src/room/room-media.ts'
import type { RoomRouter } from '../../src/sfu/room-router.ts'

/** A session of a `FakeRouter`: it remembers what is published. */
class FakePeerMedia extends Emitter<{ closed: [sources: readonly TrackSource[]] }> {
  readonly id = randomUUID() as string as MediaSessionId
  readonly published = new Map<TrackSource, boolean>()

  describe(): MediaSession {
    const transport = (id: string) => ({
      id: id as MediaSession['sendTransport']['id'],
      iceParameters: { usernameFragment: 'fragment', password: 'password' },
      iceCandidates: [],
      dtlsParameters: {
        fingerprints: [{ algorithm: 'sha-256' as const, value: Array(32).fill('AB').join(':') }],
      },
    })
    return {
      id: this.id,
      sendTransport: transport('send'),
      receiveTransport: transport('receive'),
      consumers: [],
    }
  }

  async produce({ source, muted }: { source: TrackSource; muted: boolean }): Promise<string> {
    this.published.set(source, muted)
    return randomUUID()
  }

  async setMuted(source: TrackSource, muted: boolean): Promise<void> {
    if (this.published.has(source)) this.published.set(source, muted)
  }

  async connectTransport(): Promise<void> {}

  async restartIce(): Promise<object> {
    return { usernameFragment: 'fragment', password: 'password' }
  }

  async resumeConsumers(): Promise<void> {}

  async setLayers(): Promise<void> {}

  async getStats(): Promise<object> {
    const nothing = { bytesReceived: 0, bytesSent: 0 }
    return { sendTransport: nothing, receiveTransport: nothing }
  }

  unpublish(source: TrackSource): void {
    this.published.delete(source)
  }

  close(): void {
    this.emit('closed', [...this.published.keys()])
    this.removeListeners()
  }
}

class FakeRouter extends Emitter<{ lost: [] }> {
  async openSession(): Promise<FakePeerMedia> {
    return new FakePeerMedia()
  }

  lose(): void {
    this.emit('lost')
  }

  close(): void {
    this.removeListeners()
  }
}

/** Stands where the SFU's workers are in tests that are not about media. */
export class FakeRouters implements RouterSource {
  readonly routers: FakeRouter[] = []

  async createRoomRouter(): Promise<RoomRouter> {
    const router = new FakeRouter()
    this.routers.push(router)
    return router as unknown as RoomRouter
  }
}
