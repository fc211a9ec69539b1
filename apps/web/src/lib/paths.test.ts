import { expect, test } from 'vitest'
import { loginPath, pathAfterLogin } from './paths.ts'

const after = (next: string) => pathAfterLogin(new URLSearchParams({ next }))

test('one goes on to the page that one wanted', () => {
  const wanted = '/dashboard/meetings/1?tab=people#top'
  expect(pathAfterLogin(new URL(loginPath(wanted), 'https://meet.example').searchParams)).toBe(wanted)
})

test('one goes on to the dashboard when no page was wanted', () => {
  expect(pathAfterLogin(new URLSearchParams())).toBe('/dashboard')
})

test.each([
  'https://evil.example/',
  '//evil.example/x',
  String.raw`/\evil.example`,
  'javascript:alert(1)',
  '/auth/login',
  'http://',
])('nobody is sent to %j', (next) => {
  expect(after(next)).toBe('/dashboard')
})
