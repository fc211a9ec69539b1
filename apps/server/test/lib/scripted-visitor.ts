import { randomUUID } from 'node:crypto'
import { LOBBY_NAMESPACE, PROTOCOL_VERSION, type Reply } from '@video-meet/protocol'
import { io, type Socket } from 'socket.io-client'
import { vi } from 'vitest'
import { patient } from '../../../../scripts/test/time-factor.ts'

const REQUEST_TIMEOUT_MS = patient(10_000)

/** Somebody in the waiting room: every frame that reaches them is kept. */
export class ScriptedVisitor {
  readonly socket: Socket
  /** As they came over the wire. */
  readonly frames: string[] = []

  private constructor(socket: Socket) {
    this.socket = socket
    socket.io.on('open', () => {
      socket.io.engine.on('packet', ({ type, data }: { type: string; data?: unknown }) => {
        this.frames.push(`${type} ${String(data)}`)
      })
    })
  }

  /** @param address of the network that a proxy says they come from */
  static async connect(url: string, address?: string): Promise<ScriptedVisitor> {
    const socket = io(`${url}${LOBBY_NAMESPACE}`, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      auth: { protocolVersion: PROTOCOL_VERSION },
      ...(address !== undefined && { extraHeaders: { 'x-forwarded-for': address } }),
    })
    const visitor = new ScriptedVisitor(socket)
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve)
      socket.once('connect_error', reject)
    })
    return visitor
  }

  async ask(name: string, input: unknown): Promise<Reply> {
    const sent = this.socket.timeout(REQUEST_TIMEOUT_MS)
    return (await sent.emitWithAck('request', name, input, randomUUID())) as Reply
  }

  /** By which the server knows them again. */
  get guestToken(): string {
    const [, reply = '{}'] = /^message 3\/lobby,\d+\[(\{.*\})\]$/m.exec(this.frames.join('\n')) ?? []
    return (JSON.parse(reply) as { data: { guestToken: string } }).data.guestToken
  }

  /** The first notification of this name, once it is there. */
  notified(name: string): Promise<unknown> {
    return vi.waitUntil(() => this.notifications(name)[0], { timeout: 10_000, interval: 20 })
  }

  /** The payloads of all notifications of this name so far. */
  notifications(name: string): unknown[] {
    return this.frames.flatMap((frame) => {
      const [, body] = /^message 2\/lobby,(\[.*\])$/.exec(frame) ?? []
      const [event, told, payload] = body === undefined ? [] : (JSON.parse(body) as unknown[])
      return event === 'notification' && told === name ? [payload] : []
    })
  }

  close(): void {
    this.socket.disconnect()
  }
}
