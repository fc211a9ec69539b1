export interface TextPart {
  readonly text: string
  /** Address to open, when this part is one. */
  readonly href: string | null
}

const ADDRESS = /https?:\/\/[^\s<>"']+/giu
/** Ends of a sentence that are not part of the address before them. */
const TRAILING = /[.,;:!?)\]}]+$/u

/** Without the ends of the sentence; a bracket that was opened inside the address belongs to it. */
function withoutTrailing(address: string): string {
  const bare = address.replace(TRAILING, '')
  const isOpen = bare.split('(').length > bare.split(')').length
  return isOpen && address[bare.length] === ')' ? `${bare})` : bare
}

function isAddress(address: string): boolean {
  try {
    return new URL(address).href !== ''
  } catch {
    return false
  }
}

/** Splits a message into plain text and web addresses. Only http and https ever become links. */
export function linkedText(text: string): TextPart[] {
  const parts: TextPart[] = []
  let from = 0
  for (const match of text.matchAll(ADDRESS)) {
    const address = withoutTrailing(match[0])
    if (!isAddress(address)) continue
    if (match.index > from) parts.push({ text: text.slice(from, match.index), href: null })
    parts.push({ text: address, href: address })
    from = match.index + address.length
  }
  if (from < text.length) parts.push({ text: text.slice(from), href: null })
  return parts
}
