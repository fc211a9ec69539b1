import { expect, type Locator, type Page } from '@playwright/test'
import { patient } from '../../scripts/test/time-factor.ts'
import { lookAt, NO_CODE } from './pictures.ts'
import { listen } from './sounds.ts'

/** Somebody at a browser of their own: what they do and what they see and hear. */
export class Person {
  readonly name: string
  /** Which clip their camera and their microphone play; in Firefox it is only the pitch of their sound. */
  readonly clip: number
  readonly page: Page

  constructor(name: string, clip: number, page: Page) {
    this.name = name
    this.clip = clip
    this.page = page
  }

  /** The code in the picture of their camera: that of Firefox films plain colours. */
  get pictureCode(): number {
    return this.page.context().browser()?.browserType().name() === 'firefox' ? NO_CODE : this.clip
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: true })
  }

  field(name: string): Locator {
    return this.page.getByRole('textbox', { name, exact: true })
  }

  /** Types key by key: of what Playwright puts into a field of Firefox at once, pages made with React learn nothing. */
  async enter(field: string, text: string): Promise<void> {
    await this.field(field).selectText()
    await this.field(field).pressSequentially(text)
  }

  /** Goes on with the Tab key, as somebody without a mouse does, until `target` has the focus. */
  async tabTo(target: Locator): Promise<void> {
    await expect(target).toBeEnabled()
    for (let presses = 0; presses < 60; presses++) {
      if (await target.evaluate((element) => element === document.activeElement)) return
      await this.page.keyboard.press('Tab')
    }
    throw new Error(`Tab does not lead to ${target.toString()}.`)
  }

  /** From the landing page to the pre-join page of a new meeting. */
  async createMeeting(): Promise<void> {
    await this.page.goto('/')
    await this.button('New meeting').click()
    await this.page.waitForURL(/\/meeting\/[a-z-]+$/)
  }

  /** From the pre-join page into the room, once camera and microphone have answered. */
  async join(): Promise<void> {
    await this.enter('Your name', this.name)
    await expect(this.page.getByText('Starting your camera…')).toBeHidden()
    await this.button('Join now').click()
    await this.expectInRoom()
  }

  /** Says their name on the pre-join page and wants to come in, whatever comes of it. */
  async tryToJoin(): Promise<void> {
    await this.enter('Your name', this.name)
    await this.button('Join now').click()
  }

  /** From the pre-join page into the waiting room. */
  async knock(): Promise<void> {
    await this.enter('Your name', this.name)
    await this.button('Ask to join').click()
    await this.expectHeading('Waiting to be let in')
  }

  async expectHeading(name: string | RegExp): Promise<void> {
    await expect(this.page.getByRole('heading', { name })).toBeVisible()
  }

  async expectInRoom(): Promise<void> {
    await expect(this.button('Leave')).toBeVisible()
    await expect(this.page.getByRole('group', { name: new RegExp(`^${this.name}\\b`) })).toBeVisible()
  }

  async leave(): Promise<void> {
    await this.button('Leave').click()
    await expect(this.button('Rejoin')).toBeVisible()
  }

  /** Tile of somebody else, whatever their state. */
  tile(of: Person): Locator {
    return this.page.getByRole('group', { name: new RegExp(`^${of.name}(,|$)`) })
  }

  sharedScreen(of: Person): Locator {
    return this.page.getByRole('figure', { name: `Screen shared by ${of.name}` })
  }

  /** Waits until each tile moves and shows the clip of its person, and of nobody else. */
  async expectSees(...others: Person[]): Promise<void> {
    for (const other of others) {
      const video = this.tile(other).locator('video')
      await expect(async () => {
        const picture = await lookAt(video)
        expect(picture.people, `${this.name} sees ${other.name}`).toEqual([other.pictureCode])
        expect(picture.changes, `the picture of ${other.name} moves`).toBeGreaterThanOrEqual(3)
        expect(picture.presented, `frames of ${other.name} are presented`).toBeGreaterThanOrEqual(3)
      }).toPass({ timeout: patient(20_000) })
    }
  }

  /** Waits until exactly these people are heard. */
  async expectHears(...others: Person[]): Promise<void> {
    const clips = others.map((other) => other.clip).toSorted((a, b) => a - b)
    await expect(async () => {
      const heard = await listen(this.page)
      expect(
        heard.toSorted((a, b) => a - b),
        `who ${this.name} hears`,
      ).toEqual(clips)
    }).toPass({ timeout: patient(20_000) })
  }

  async expectSeesAndHears(...others: Person[]): Promise<void> {
    await this.expectSees(...others)
    await this.expectHears(...others)
  }
}

/** Waits until everyone sees and hears everyone else. */
export async function expectMeet(...people: Person[]): Promise<void> {
  for (const person of people) {
    const others = people.filter((other) => other !== person)
    await person.expectSeesAndHears(...others)
  }
}
