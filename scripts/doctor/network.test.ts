import { once } from 'node:events'
import net from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { checkAnnounced, checkMediaPorts, findOpenMediaPorts } from './network.ts'

/** A port that a server has open, followed by one that is free. */
async function openPort(): Promise<number> {
  const server = net.createServer((socket) => socket.destroy()).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return (server.address() as net.AddressInfo).port
}

it('does not blame ports that a running server with fewer workers never opened', async () => {
  const port = await openPort()
  const config = { rtc: { listenIp: '127.0.0.1', port, workers: 2 } }
  const openPorts = await findOpenMediaPorts(config)
  expect(openPorts).toEqual([port])
  const ports = await checkMediaPorts(config, openPorts)
  expect(ports.ok).toBe(true)
  expect(ports.state).toContain('It has 1 of the 2 workers that RTC_WORKERS says here')
  expect(await checkAnnounced(config, openPorts)).toMatchObject({ ok: true })
})

it('says that it cannot know the ports of a server with another RTC_PORT', async () => {
  const config = { rtc: { listenIp: '127.0.0.1', port: 1, workers: 1 } }
  const ports = await checkMediaPorts(config, [])
  expect(ports).toMatchObject({ ok: true, state: expect.stringContaining('not checked') })
  expect(await checkAnnounced(config, [])).toMatchObject({ state: expect.stringContaining('not checked') })
})

it('names the setting when another program has a media port', async () => {
  const config = { rtc: { listenIp: '127.0.0.1', port: await openPort(), workers: 1 } }
  const ports = await checkMediaPorts(config, null)
  expect(ports).toMatchObject({ ok: false, state: expect.stringContaining('RTC_PORT') })
})
