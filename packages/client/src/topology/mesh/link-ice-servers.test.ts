import { expect, it } from 'vitest'
import { serversForLinks } from './link-ice-servers.ts'

it('asks STUN and TURN servers where one is, and none of them to relay', () => {
  expect(
    serversForLinks([
      { urls: ['stun:stun.example.org:3478'] },
      {
        urls: [
          'turn:turn.example.org:3478',
          'turn:turn.example.org:3478?transport=udp',
          'turn:turn.example.org:443?transport=tcp',
          'turns:turn.example.org:5349',
        ],
        username: 'me',
        credential: 'secret',
      },
      { urls: 'stun:stun.example.org:3478' },
    ]),
  ).toEqual([{ urls: ['stun:stun.example.org:3478', 'stun:turn.example.org:3478'] }])
})

it('asks nobody where there is nobody to ask', () => {
  expect(serversForLinks([])).toEqual([])
  expect(serversForLinks([{ urls: 'turns:turn.example.org', username: 'me', credential: 'x' }])).toEqual([])
})
