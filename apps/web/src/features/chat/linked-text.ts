export interface TextPart {
  readonly text: string
  /** Address to open, when this part is one. */
  readonly href: string | null
}

const ADDRESS = /https?:\/\/[^\s<>"']+/giu
/** Ends of a sentence that are not part of the address before them. */
const TRAILING = /[.,;:!?)\]}]+$/u

/** Splits a message into plain text and web addresses. Only http and https ever become links. */
export function linkedText(text: string): TextPart[] {
  const parts: TextPart[] = []
  let from = 0
  for (const match of text.matchAll(ADDRESS)) {
    const address = match[0].replace(TRAILING, '')
    if (!URL.canParse(address)) continue
    if (match.index > from) parts.push({ text: text.slice(from, match.index), href: null })
    parts.push({ text: address, href: address })
    from = match.index + address.length
  }
  if (from < text.length) parts.push({ text: text.slice(from), href: null })
  return parts
}
