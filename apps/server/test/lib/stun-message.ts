import { createHash, createHmac, randomBytes } from 'node:crypto'
import { isIPv6 } from 'node:net'

/*
 * Messages of STUN and TURN (RFC 8489, RFC 8656), as far as tests need them.
 */

const MAGIC = Buffer.from([0x21, 0x12, 0xa4, 0x42])
const HEADER_BYTES = 20
const INTEGRITY_BYTES = 24

export const METHOD = {
  binding: 0x001,
  allocate: 0x003,
  refresh: 0x004,
  send: 0x006,
  createPermission: 0x008,
  channelBind: 0x009,
  connect: 0x00a,
} as const
export type Method = keyof typeof METHOD

export const ATTRIBUTE = {
  username: 0x0006,
  messageIntegrity: 0x0008,
  errorCode: 0x0009,
  channelNumber: 0x000c,
  lifetime: 0x000d,
  xorPeerAddress: 0x0012,
  data: 0x0013,
  realm: 0x0014,
  nonce: 0x0015,
  xorRelayedAddress: 0x0016,
  requestedAddressFamily: 0x0017,
  requestedTransport: 0x0019,
} as const
export type Attribute = keyof typeof ATTRIBUTE
export type Attributes = readonly (readonly [Attribute, Buffer])[]

/** How a request is signed with a long-term credential. */
export interface Signature {
  readonly username: string
  readonly realm: string
  readonly nonce: Buffer
  readonly password: string
}

export interface Response {
  readonly isSuccess: boolean
  readonly attributes: ReadonlyMap<number, Buffer>
}

export function newTransactionId(): Buffer {
  return randomBytes(12)
}

/** What a request or, when `isIndication`, a message without an answer looks like on the wire. */
export function encodeMessage(
  method: Method,
  attributes: Attributes,
  options: {
    readonly id: Buffer
    readonly signature?: Signature | undefined
    readonly isIndication?: boolean
  },
): Buffer {
  const { id, signature, isIndication = false } = options
  const signed: Attributes = signature
    ? [
        ...attributes,
        ['username', Buffer.from(signature.username)],
        ['realm', Buffer.from(signature.realm)],
        ['nonce', signature.nonce],
      ]
    : attributes
  const body = Buffer.concat(signed.map(([name, value]) => encodeAttribute(name, value)))
  const type = METHOD[method] | (isIndication ? 0x0010 : 0)
  if (!signature) return Buffer.concat([header(type, body.length, id), body])
  const { username, realm, password } = signature
  const key = createHash('md5').update(`${username}:${realm}:${password}`).digest()
  const message = Buffer.concat([header(type, body.length + INTEGRITY_BYTES, id), body])
  const integrity = createHmac('sha1', key).update(message).digest()
  return Buffer.concat([message, encodeAttribute('messageIntegrity', integrity)])
}

/** The answer to the transaction `id`, if `message` is that. */
export function decodeResponse(message: Buffer, id: Buffer): Response | undefined {
  if (message.length < HEADER_BYTES || !message.subarray(8, HEADER_BYTES).equals(id)) return undefined
  const kind = message.readUInt16BE(0) & 0x0110
  if (kind !== 0x0100 && kind !== 0x0110) return undefined
  const attributes = new Map<number, Buffer>()
  for (let at = HEADER_BYTES; at + 4 <= message.length;) {
    const length = message.readUInt16BE(at + 2)
    attributes.set(message.readUInt16BE(at), message.subarray(at + 4, at + 4 + length))
    at += 4 + padded(length)
  }
  return { isSuccess: kind === 0x0100, attributes }
}

/** Cuts the first whole message off what came over a stream. */
export function takeMessage(stream: Buffer): { readonly message: Buffer; readonly rest: Buffer } | undefined {
  if (stream.length < HEADER_BYTES) return undefined
  const end = HEADER_BYTES + stream.readUInt16BE(2)
  return stream.length < end ? undefined : { message: stream.subarray(0, end), rest: stream.subarray(end) }
}

/** An address of a peer, hidden from routers that would rewrite it. */
export function encodeXorAddress(address: string, port: number, id: Buffer): Buffer {
  const bytes = addressBytes(address)
  const mask = Buffer.concat([MAGIC, id])
  const head = Buffer.from([0, bytes.length === 16 ? 2 : 1, 0, 0])
  head.writeUInt16BE(port ^ MAGIC.readUInt16BE(0), 2)
  return Buffer.concat([head, bytes.map((byte, index) => byte ^ (mask[index] ?? 0))])
}

function addressBytes(address: string): Buffer {
  if (!isIPv6(address)) return Buffer.from(address.split('.').map(Number))
  // A URL writes the last 32 bits in hexadecimal, however they were given.
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
  const groups = (text: string | undefined) =>
    text ? text.split(':').map((group) => Number(`0x${group}`)) : []
  const [before, after] = [groups(head), groups(tail)]
  const between = Array<number>(8 - before.length - after.length).fill(0)
  const bytes = Buffer.alloc(16)
  for (const [index, group] of [...before, ...between, ...after].entries())
    bytes.writeUInt16BE(group, index * 2)
  return bytes
}

function header(type: number, length: number, id: Buffer): Buffer {
  const start = Buffer.alloc(4)
  start.writeUInt16BE(type, 0)
  start.writeUInt16BE(length, 2)
  return Buffer.concat([start, MAGIC, id])
}

function encodeAttribute(name: Attribute, value: Buffer): Buffer {
  const buffer = Buffer.alloc(4 + padded(value.length))
  buffer.writeUInt16BE(ATTRIBUTE[name], 0)
  buffer.writeUInt16BE(value.length, 2)
  value.copy(buffer, 4)
  return buffer
}

function padded(length: number): number {
  return Math.ceil(length / 4) * 4
}
