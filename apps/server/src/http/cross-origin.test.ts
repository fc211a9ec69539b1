import { expect, it } from 'vitest'
import { allowedOrigins } from './cross-origin.ts'

it('allows the own origin and those of the list', () => {
  expect([...allowedOrigins('https://meet.example.org', ['https://a.example'])]).toEqual([
    'https://meet.example.org',
    'https://a.example',
  ])
})

it('knows a server on localhost by all names of localhost, with its port only', () => {
  const origins = allowedOrigins('http://localhost:3000', [])
  expect([...origins]).toEqual(['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000'])
})
