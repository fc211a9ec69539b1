import { expect, it } from 'vitest'
import { listenInfos } from './listen-addresses.ts'

it('listens on the given address, UDP before TCP', () => {
  expect(listenInfos({ listenIp: '192.0.2.1', port: 44400 })).toEqual([
    { protocol: 'udp', ip: '192.0.2.1', port: 44400 },
    { protocol: 'tcp', ip: '192.0.2.1', port: 44400 },
  ])
})

it('listens everywhere and tells the announced address when only that is given', () => {
  expect(listenInfos({ announcedAddress: 'meet.example.org', port: 1 })[0]).toEqual({
    protocol: 'udp',
    ip: '0.0.0.0',
    port: 1,
    announcedAddress: 'meet.example.org',
  })
})

it.each([{}, { listenIp: '0.0.0.0' }])('never tells clients the address 0.0.0.0 (%j)', (options) => {
  const ips = listenInfos({ ...options, port: 1 }).map((info) => info.ip)
  expect(ips).toContain('127.0.0.1')
  expect(ips).not.toContain('0.0.0.0')
})
