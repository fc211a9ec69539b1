import PostalMime, { type Address } from 'postal-mime'

/** The parts of a received email that an answer to an invitation is read from. */
export interface ReceivedMail {
  /** Address in `From`; null when there is none or more than one. */
  readonly from: string | null
  /** Addresses that it was sent or delivered to. */
  readonly recipients: readonly string[]
  /** Text of its iCalendar parts. */
  readonly calendars: readonly string[]
}

/** Headers that name recipients; mail servers add the last two on delivery. */
const RECIPIENT_HEADERS = ['delivered-to', 'x-original-to']
const CALENDAR = /^text\/calendar\b|^application\/ics\b/i
const MAX_RECIPIENTS = 50
const MAX_CALENDARS = 4

/** @param raw RFC 5322 message, at most as large as the mailbox lets in */
export async function readMail(raw: Uint8Array): Promise<ReceivedMail> {
  const mail = await PostalMime.parse(raw, {
    attachmentEncoding: 'utf8',
    maxNestingDepth: 20,
  })
  const delivered = mail.headers
    .filter(({ key }) => RECIPIENT_HEADERS.includes(key))
    .map(({ value }) => value)
  const recipients = [...addressesIn(mail.to), ...addressesIn(mail.cc), ...delivered]
  return {
    from: mail.from?.address?.trim() || null,
    recipients: recipients.slice(0, MAX_RECIPIENTS).map((address) => address.trim().replace(/^<|>$/g, '')),
    calendars: mail.attachments
      .filter(({ mimeType }) => CALENDAR.test(mimeType))
      .slice(0, MAX_CALENDARS)
      .map(({ content }) => (typeof content === 'string' ? content : new TextDecoder().decode(content))),
  }
}

function addressesIn(list: readonly Address[] = []): string[] {
  return list.flatMap((entry) => entry.group?.map(({ address }) => address) ?? [entry.address ?? ''])
}
