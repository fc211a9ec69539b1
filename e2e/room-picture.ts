/*
 * Makes docs/images/room.png anew: a call of three with the chat open, whose cameras film the people of the landing page.
 *   node e2e/room-picture.ts        with what the stories need, see README.md
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, expect } from '@playwright/test'
import prepare from './global-setup.ts'
import { comeToRest } from './support/accessible.ts'
import { openBrowserOf } from './support/browsers.ts'
import { openChat, write } from './support/chat.ts'
import { ROOT } from './support/paths.ts'
import { Person } from './support/person.ts'
import { plan } from './support/planning.ts'
import { Server } from './support/server.ts'

const CAMERA = { width: 960, height: 540, framesPerSecond: 10 }
const WINDOW = { width: 1440, height: 900 }
/** Pictures begin small, and grow as the browsers find out how much goes. */
const GROWN = { timeout: 60_000 }
/** Where in the picture of the landing page each of them is. */
const PEOPLE = [
  { name: 'Amara', view: '22 34 331 186' },
  { name: 'Jonas', view: '367 34 331 186' },
  { name: 'Mei', view: '22 258 331 186' },
] as const
const SPEAKER = 'Jonas'

await prepare()
await using stack = new AsyncDisposableStack()
const folder = stack.adopt(mkdtempSync(join(tmpdir(), 'room-picture-')), (it) =>
  rmSync(it, { recursive: true }),
)
const server = stack.adopt(await Server.start(), (it) => it.close())
const painter = stack.adopt(await openBrowserOf(0), (it) => it.close())
const { code } = await plan(server, { title: 'Design review' })

const call: Person[] = []
for (const [clip, { name, view }] of PEOPLE.entries()) {
  const args = [`--use-file-for-fake-video-capture=${await filmOf(clip, view)}`]
  // Who is muted and talks would be told so, in the picture.
  if (name !== SPEAKER) args.push(`--use-file-for-fake-audio-capture=${silence()}`)
  const browser = stack.adopt(await openBrowserOf(clip, CAMERA, { args }), (it) => it.close())
  call.push(await arrive(browser, name, clip))
}
const [amara, jonas, mei] = call
if (!amara || !jonas || !mei) throw new Error('Not everybody came.')
for (const person of call) await openChat(person)
for (const listener of [amara, mei]) await listener.button('Mute microphone').click()
await write(jonas, 'Morning! The new prototype is in the shared folder.')
await expect(amara.page.getByText('Morning!')).toBeVisible()
await write(mei, 'Had a look already, the onboarding is so much calmer now')
await expect(amara.page.getByText('Had a look')).toBeVisible()
await write(amara, 'Then let us start with that. Mei, will you share?')
await expectSharp(amara)
await save(amara)

/** A film of somebody who holds still. */
async function filmOf(clip: number, view: string): Promise<string> {
  const [still, film] = [join(folder, `${clip}.png`), join(folder, `${clip}.y4m`)]
  const drawing = readFileSync(join(ROOT, 'apps/web/src/pages/landing-picture.svg'), 'utf8')
  // What lies over the people comes after the last of them.
  const people = drawing.slice(0, drawing.indexOf('<rect', drawing.lastIndexOf('<circle cx="566'))) + '</svg>'
  const page = await painter.newPage({ viewport: CAMERA })
  await page.setContent(`<body style="margin:0">${people.replace(/viewBox="[^"]*"/, `viewBox="${view}"`)}`)
  await page.screenshot({ path: still })
  await page.close()
  const input = ['-loop', '1', '-framerate', String(CAMERA.framesPerSecond), '-i', still, '-t', '2']
  ffmpeg(...input, '-pix_fmt', 'yuv420p', film)
  return film
}

function silence(): string {
  const file = join(folder, 'silence.wav')
  ffmpeg('-f', 'lavfi', '-i', 'anullsrc=r=48000:cl=mono', '-t', '2', file)
  return file
}

async function arrive(browser: Browser, name: string, clip: number): Promise<Person> {
  const context = await browser.newContext({ baseURL: server.url, viewport: WINDOW, locale: 'en-GB' })
  const person = new Person(name, clip, await context.newPage())
  await person.page.goto(`/meeting/${code}`)
  await person.join()
  return person
}

async function expectSharp({ page }: Person): Promise<void> {
  await expect(page.getByRole('banner').getByText('Direct', { exact: true })).toBeVisible(GROWN)
  const heights = () =>
    page
      .locator('video')
      .evaluateAll((videos) => videos.map((video) => (video as HTMLVideoElement).videoHeight))
  await expect.poll(async () => (await heights()).every((height) => height >= 360), GROWN).toBe(true)
}

/** In few colours, which is all that there are and a third of the bytes. */
async function save({ page }: Person): Promise<void> {
  const full = join(folder, 'room.png')
  // Nothing that shows only below the pointer, and no call that suffers from being filmed on one computer.
  await page.mouse.move(WINDOW.width / 2, 20)
  await expect(page.getByRole('button', { name: /^connection / })).toHaveCount(0, GROWN)
  await comeToRest(page)
  await page.screenshot({ path: full })
  const palette = 'split[a][b];[a]palettegen=stats_mode=full[p];[b][p]paletteuse=dither=none'
  ffmpeg('-i', full, '-vf', palette, '-update', '1', join(ROOT, 'docs/images/room.png'))
}

function ffmpeg(...args: readonly string[]): void {
  execFileSync('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-y', ...args])
}
