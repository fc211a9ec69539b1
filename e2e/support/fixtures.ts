import { type Browser, expect, test as base } from '@playwright/test'
import { Browsers } from './browsers.ts'
import { Cable } from './cable.ts'
import { CLIP_SIZE, LIGHT_SIZE, limitCamera } from './camera-size.ts'
import { Complaints } from './complaints.ts'
import { type Office, openOffice } from './office.ts'
import { Person } from './person.ts'
import { installProbe } from './probe.ts'
import { Server } from './server.ts'

export interface VisitorOptions {
  /** Comes with Firefox instead of Chromium. */
  readonly firefox?: boolean
  /** Has a camera that takes little work, for calls in which everyone encodes for everyone. */
  readonly lightCamera?: boolean
  /** The browser refuses camera and microphone. */
  readonly refusing?: boolean
  /** What the browser is connected by, if the story is going to pull it. */
  readonly cable?: Cable
  /** Where they go, if not to the server that all stories share. */
  readonly at?: Server
  /** Their browser, if not one that stays open for many stories. */
  readonly browser?: Browser
  /** Where on earth they are, such as `Asia/Tokyo`. */
  readonly timeZone?: string
}

interface WorkerFixtures {
  server: Server
  browsers: Browsers
}

interface StoryFixtures {
  complaints: Complaints
  /** Opens a browser for somebody who has not gone anywhere yet. */
  visitor: (name: string, options?: VisitorOptions) => Promise<Person>
  /** The story's meeting: the first who joins creates it. */
  meeting: { link: string | undefined }
  /** Lets somebody join the story's meeting through the pages, as people do. */
  person: (name: string, options?: VisitorOptions) => Promise<Person>
  cable: Cable
  /** Starts a server of the story's own, with these settings. */
  serverWith: (settings: Readonly<Record<string, string>>) => Promise<Server>
  /** A server of the story's own that sends mails. */
  office: Office
}

export const test = base.extend<StoryFixtures, WorkerFixtures>({
  server: [
    // eslint-disable-next-line no-empty-pattern -- Playwright demands a destructured first parameter
    async ({}, use) => {
      const server = await Server.start()
      await use(server)
      await server.close()
    },
    { scope: 'worker' },
  ],

  browsers: [
    // eslint-disable-next-line no-empty-pattern -- Playwright demands a destructured first parameter
    async ({}, use) => {
      const browsers = new Browsers()
      await use(browsers)
      await browsers.close()
    },
    { scope: 'worker' },
  ],

  // eslint-disable-next-line no-empty-pattern -- Playwright demands a destructured first parameter
  complaints: async ({}, use) => {
    const complaints = new Complaints()
    await use(complaints)
    expect(complaints.unexpected(), 'errors on the consoles of the pages').toEqual([])
  },

  // In every story, as what is set up first is closed last: the servers after the pages.
  serverWith: [
    // eslint-disable-next-line no-empty-pattern -- Playwright demands a destructured first parameter
    async ({}, use) => {
      const servers: Server[] = []
      await use(async (settings) => {
        const server = await Server.start(settings)
        servers.push(server)
        return server
      })
      await Promise.all(servers.map((server) => server.close()))
    },
    { auto: true },
  ],

  visitor: async ({ server, browsers, complaints }, use, testInfo) => {
    const contexts: { close(): Promise<void> }[] = []
    await use(async (name, options = {}) => {
      const { firefox = false, refusing = false, browser: own, cable, at = server, timeZone } = options
      const clip = contexts.length
      const browser = own ?? (await browsers.for(clip, { firefox, refusing }))
      const context = await browser.newContext({
        baseURL: at.url,
        ...(cable && { proxy: { server: cable.proxy } }),
        ...(timeZone !== undefined && { timezoneId: timeZone }),
      })
      contexts.push(context)
      await context.addInitScript(installProbe)
      const { lightCamera = false } = options
      if (firefox || lightCamera)
        await context.addInitScript(limitCamera, lightCamera ? LIGHT_SIZE : CLIP_SIZE)
      const page = await context.newPage()
      complaints.listenTo(page, name)
      return new Person(name, clip, page)
    })
    if (testInfo.status !== testInfo.expectedStatus) {
      await testInfo.attach('server.log', { body: server.output(), contentType: 'text/plain' })
    }
    await Promise.all(contexts.map((context) => context.close()))
  },

  // eslint-disable-next-line no-empty-pattern -- Playwright demands a destructured first parameter
  cable: async ({}, use) => {
    const cable = await Cable.lay()
    await use(cable)
    await cable.close()
  },

  // eslint-disable-next-line no-empty-pattern -- Playwright demands a destructured first parameter
  office: async ({}, use, testInfo) => {
    const office = await openOffice()
    await use(office)
    if (testInfo.status !== testInfo.expectedStatus) {
      await testInfo.attach('office.log', { body: office.server.output(), contentType: 'text/plain' })
    }
    await office.close()
  },

  // eslint-disable-next-line no-empty-pattern -- Playwright demands a destructured first parameter
  meeting: async ({}, use) => {
    await use({ link: undefined })
  },

  person: async ({ visitor, meeting }, use) => {
    await use(async (name, options) => {
      const person = await visitor(name, options)
      if (meeting.link === undefined) {
        await person.createMeeting()
        meeting.link = person.page.url()
      } else {
        await person.page.goto(meeting.link)
      }
      await person.join()
      return person
    })
  },
})

export { expect } from '@playwright/test'
