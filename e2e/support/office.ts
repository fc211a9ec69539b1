import ICAL from 'ical.js'
import { startSmtpServer, type TestSmtpServer } from '../../apps/server/test/lib/smtp-server.ts'
import type { Person } from './person.ts'
import { Server } from './server.ts'

type Mail = Awaited<ReturnType<TestSmtpServer['waitForMail']>>

/** A Video Meet with a mail server beside it. */
export interface Office {
  readonly server: Server
  /** Waits for a mail to `address` whose subject fits. */
  mailTo(address: string, subject: RegExp): Promise<Mail>
  close(): Promise<void>
}

export async function openOffice(): Promise<Office> {
  const smtp = await startSmtpServer()
  const server = await Server.start({ SMTP_URL: smtp.url, MAIL_FROM: 'Office <office@example.org>' })
  return {
    server,
    mailTo: (address, subject) => smtp.waitForMail(address, (mail) => subject.test(mail.subject)),
    async close() {
      await server.close()
      await smtp.close()
    },
  }
}

/** Makes an account through the page for it. */
export async function register(person: Person, email: string): Promise<void> {
  await person.page.goto('/auth/register')
  await person.field('Your name').fill(person.name)
  await person.field('Email').fill(email)
  await person.page.getByLabel('Password', { exact: true }).fill('correct horse battery staple')
  await person.button('Create account').click()
}

/** The link of a letter to a page of the app. */
export function linkIn(mail: Mail, path: string): string {
  const link = new RegExp(`https?://\\S+${path}#\\S+`).exec(mail.text)?.[0]
  if (link === undefined) throw new Error(`no link to ${path} in:\n${mail.text}`)
  return link
}

/** The calendar entry of a letter, as another program reads it. */
export function entryIn(mail: Mail) {
  if (!mail.calendar) throw new Error(`no calendar entry in “${mail.subject}”`)
  const calendar = new ICAL.Component(ICAL.parse(mail.calendar.content) as unknown[] as never)
  const component = calendar.getFirstSubcomponent('vevent')
  if (!component) throw new Error('the calendar holds no event')
  const event = new ICAL.Event(component)
  return {
    method: mail.calendar.method,
    uid: event.uid,
    sequence: event.sequence,
    summary: event.summary,
    startsAt: event.startDate.toJSDate().toISOString(),
    attendees: event.attendees.map((attendee) => String(attendee.getFirstValue()).toLowerCase()),
  }
}
