import { withoutLinks } from '@video-meet/protocol'
import MailComposer from 'nodemailer/lib/mail-composer'
import { MailRefused } from './mail-refused.ts'
import type { MailMessage } from './mailer.ts'

/** A mail as it goes over the wire. */
export interface ComposedMail {
  readonly envelope: { readonly from: string; readonly to: readonly string[] }
  readonly messageId: string
  /** RFC 5322, lines end in CR LF. */
  readonly raw: Buffer
}

/** As much of an address as is needed to do no harm with it; whether it exists, its server knows. */
const ADDRESS = /^[^\s\p{C}<>()[\]",;:\\@]+@[^\s\p{C}<>()[\]",;:\\@]+$/u

/** @throws {MailRefused} permanently, when the address is none */
export async function compose(
  { to, sender, replyTo, subject, text, html, calendar }: MailMessage,
  { from, messageId }: { readonly from: string; readonly messageId: string },
): Promise<ComposedMail> {
  if (!ADDRESS.test(to.address)) throw new MailRefused('The address of the mail is none.', true)
  const composer = new MailComposer({
    from: sender === undefined ? from : sentBy(sender, from),
    to: { address: to.address, name: headerName(to.name) },
    ...(replyTo &&
      ADDRESS.test(replyTo.address) && {
        replyTo: { address: replyTo.address, name: headerName(replyTo.name) },
      }),
    subject: withoutLinks(oneLine(subject)),
    messageId: `<${messageId.replaceAll(/[^\w.@+-]/g, '')}>`,
    text,
    html,
    // Both a part that clients show as an invitation and a file, for those that do not.
    ...(calendar && { icalEvent: { ...calendar, filename: 'invite.ics' } }),
    headers: { 'Auto-Submitted': 'auto-generated' },
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const node = composer.compile()
  const { from: envelopeFrom } = node.getEnvelope()
  if (envelopeFrom === false || envelopeFrom === '')
    throw new MailRefused('MAIL_FROM names no address.', false)
  return {
    envelope: { from: envelopeFrom, to: [to.address] },
    messageId: node.messageId(),
    raw: await node.build(),
  }
}

/** Such as `Ana via Video Meet <no-reply@example.org>`: the person is named, and nobody takes the email for theirs. */
function sentBy(person: string, from: string): { name: string; address: string } {
  const [, name = '', address = from] = /^(.*?)\s*<([^<>]+)>\s*$/.exec(from) ?? []
  const server = name.replaceAll('"', '').trim() || 'Video Meet'
  return { name: `${headerName(person)} via ${server}`, address }
}

function headerName(name = ''): string {
  return withoutLinks(oneLine(name))
}

/** The part of `from` behind the @. */
export function domainOf(from: string): string {
  return /@([^@>\s]+)>?\s*$/.exec(from)?.[1] ?? 'localhost'
}

/** Nothing in a header may become a header of its own. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()
}
