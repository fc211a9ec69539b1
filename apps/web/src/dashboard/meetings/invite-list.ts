import { EmailAddress } from '@video-meet/protocol'
import { formText } from './text.ts'

/** The mail addresses in what somebody typed or pasted, each once. */
export function addressesIn(typed: string): string[] {
  const words = typed
    .split(/[\n,;]+/)
    .map((word) => /<([^<>]+)>/.exec(word)?.[1] ?? word)
    .map((word) => word.trim())
    .filter((word) => word !== '')
  return [...new Map(words.map((word) => [word.toLowerCase(), word])).values()]
}

/** What is wrong with them; undefined when nothing is. */
export function wrongAddressIn(typed: string): string | undefined {
  const wrong = addressesIn(typed).find((address) => !EmailAddress.safeParse(address).success)
  return wrong === undefined ? undefined : formText.wrongAddress(wrong)
}
