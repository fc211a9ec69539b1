import { afterEach, expect, it, vi } from 'vitest'
import { readClientTraits } from './client-traits.ts'

afterEach(() => vi.unstubAllGlobals())

it.each([
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148', true],
  ['Mozilla/5.0 (Android 16; Mobile; rv:153.0) Gecko/153.0 Firefox/153.0', true],
  ['Mozilla/5.0 (Linux; Android 16; SM-X910) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36', false],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0', false],
])('tells a phone by what it calls itself: %s', (userAgent, isPhone) => {
  expect(readClientTraits({ userAgent }).isPhone).toBe(isPhone)
})

it('believes the browser that says whether it runs on a phone', () => {
  const userAgent = 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36'
  expect(readClientTraits({ userAgent, userAgentData: { mobile: true } }).isPhone).toBe(true)
  expect(readClientTraits({ userAgent, userAgentData: { mobile: false } }).isPhone).toBe(false)
})

it('holds links where there are connections to hold them with', () => {
  expect(readClientTraits().canLink).toBe(false)
  vi.stubGlobal('RTCPeerConnection', function RTCPeerConnection() {})
  expect(readClientTraits().canLink).toBe(true)
})
