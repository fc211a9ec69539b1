import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { addressBlock, clientAddress } from './client-address.ts'

function requestFrom(remoteAddress: string | undefined, forwardedFor?: string): IncomingMessage {
  const headers = forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor }
  return { socket: { remoteAddress }, headers } as unknown as IncomingMessage
}

describe('clientAddress', () => {
  it('believes no header when there is no proxy', () => {
    expect(clientAddress(requestFrom('203.0.113.9', '198.51.100.1'), 0)).toBe('203.0.113.9')
  })

  it('takes what the only proxy appended, whatever the client wrote before it', () => {
    expect(clientAddress(requestFrom('10.0.0.1', '1.1.1.1, 2.2.2.2, 198.51.100.7'), 1)).toBe('198.51.100.7')
  })

  it('goes back exactly as many proxies as there are', () => {
    expect(clientAddress(requestFrom('10.0.0.1', '6.6.6.6, 198.51.100.7, 10.0.0.2'), 2)).toBe('198.51.100.7')
  })

  it('takes the first address there is when a proxy was bypassed', () => {
    expect(clientAddress(requestFrom('10.0.0.1', '198.51.100.7'), 3)).toBe('198.51.100.7')
    expect(clientAddress(requestFrom('10.0.0.1'), 1)).toBe('10.0.0.1')
  })

  it('stops at an entry that is no address', () => {
    expect(clientAddress(requestFrom('10.0.0.1', '6.6.6.6, unknown'), 2)).toBe('10.0.0.1')
    expect(clientAddress(requestFrom('10.0.0.1', '<script>, 198.51.100.7'), 2)).toBe('198.51.100.7')
    expect(clientAddress(requestFrom('10.0.0.1', ''), 1)).toBe('10.0.0.1')
  })

  it.each([
    ['::ffff:198.51.100.7', '198.51.100.7'],
    ['198.51.100.7:50123', '198.51.100.7'],
    ['[2001:db8::1]:50123', '2001:db8::1'],
    ['2001:db8::1', '2001:db8::1'],
  ])('writes %s as %s', (entry, address) => {
    expect(clientAddress(requestFrom('10.0.0.1', entry), 1)).toBe(address)
  })

  it('has a name for a socket that is gone', () => {
    expect(clientAddress(requestFrom(undefined), 0)).toBe('unknown')
  })
})

describe('addressBlock', () => {
  it.each([
    ['198.51.100.7', '198.51.100.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::', '2001:db8:1:2::/64'],
    ['2001:db8::5:6', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['1:2:3:4:5:6::', '1:2:3:4::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['unknown', 'unknown'],
  ])('counts %s as %s', (address, block) => {
    expect(addressBlock(address)).toBe(block)
  })
})
