import type { ClientTraits } from '@video-meet/protocol'

interface NavigatorWithHints {
  readonly userAgent: string
  readonly userAgentData?: { readonly mobile: boolean }
}

/** What this browser can, and what it runs on. */
export function readClientTraits(
  navigator: NavigatorWithHints | undefined = globalThis.navigator,
): ClientTraits {
  const isPhone =
    navigator?.userAgentData?.mobile ?? /iPhone|Android.*Mobile/.test(navigator?.userAgent ?? '')
  return { canLink: typeof RTCPeerConnection === 'function', isPhone }
}
