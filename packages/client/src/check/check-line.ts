import { CHECK_NAMESPACE, type CheckRequests, checkContract, Reply } from '@video-meet/protocol'
import type * as z from 'zod/mini'
import { createId } from '../core/browser.ts'
import { SignalingError } from '../errors.ts'
import type { SignalingChannel } from '../signaling/signaling-channel.ts'
import { SocketIoChannel } from '../signaling/socket-io-channel.ts'

type Name = keyof CheckRequests
type Input<N extends Name> = z.input<CheckRequests[N]['input']>
type Output<N extends Name> = z.output<CheckRequests[N]['output']>

/** Asks the server for something of a test. */
export type AskCheck = <N extends Name>(name: N, input: Input<N>) => Promise<Output<N>>

const REPLY_WITHIN_MS = 5000

/** The line of one test to the server; it is not restored when it is lost. */
export class CheckLine {
  readonly #channel: SignalingChannel

  constructor(
    serverUrl: string,
    channel: SignalingChannel = new SocketIoChannel(serverUrl, CHECK_NAMESPACE),
  ) {
    this.#channel = channel
  }

  /** @throws {SignalingError} `disconnected`, or what the server says */
  open(timeoutMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const channel = this.#channel
      channel.on('opened', resolve)
      channel.on('failed', () => reject(SignalingError.disconnected('check')))
      channel.on('refused', ({ code, message }) => reject(new SignalingError(code, message)))
      channel.connect(timeoutMs)
    })
  }

  readonly ask: AskCheck = async (name, input) => {
    const reply = Reply.safeParse(await this.#reply(name, input))
    if (!reply.success) throw SignalingError.malformed(name, reply.error)
    if (!reply.data.ok) {
      const { code, message, details } = reply.data.error
      throw new SignalingError(code, message, { details })
    }
    const output = checkContract.requests[name].output.safeParse(reply.data.data)
    if (!output.success) throw SignalingError.malformed(name, output.error)
    // The schema found under `name` is the one that the type names; TypeScript cannot follow that for a generic name.
    return output.data as Output<typeof name>
  }

  close(): void {
    this.#channel.close()
  }

  #reply(name: Name, input: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (!this.#channel.isOpen) return reject(SignalingError.disconnected(name))
      const timer = setTimeout(() => reject(SignalingError.timeout(name)), REPLY_WITHIN_MS)
      this.#channel.send({ name, input, id: createId() }, (reply) => {
        clearTimeout(timer)
        resolve(reply)
      })
    })
  }
}
