import { expectAccessible } from '../support/accessible.ts'
import { expect, test } from '../support/fixtures.ts'
import { entryIn, linkIn, register } from '../support/office.ts'
import { expectMeet } from '../support/person.ts'
import { openAccount, plan } from '../support/planning.ts'

const DAY_MS = 86_400_000
test('a meeting is scheduled, answered from mails, moved, held and on record', async ({
  office,
  visitor,
}) => {
  test.slow()
  const at = office.server
  const ana = await visitor('Ana', { at })
  await register(ana, 'ana@example.org')
  await expect(ana.page.getByRole('heading', { name: 'Hello, Ana' })).toBeVisible()

  await ana.page.getByRole('link', { name: 'Schedule meeting' }).click()
  const date = new Date(Date.now() + 7 * DAY_MS).toISOString().slice(0, 10)
  await ana.field('Title').fill('Planning')
  await ana.page.getByLabel('Date').fill(date)
  await ana.page.getByLabel('Time', { exact: true }).fill('09:00')
  await ana.field('Invite').fill('ben@example.org, Cid <cid@example.org>')
  await ana.button('Schedule meeting').click()
  await expect(ana.page.getByRole('heading', { name: 'Planning' })).toBeVisible()
  const meetingPage = ana.page.url()

  const toBen = await office.mailTo('ben@example.org', /^Invitation: Planning$/)
  const toCid = await office.mailTo('cid@example.org', /^Invitation: Planning$/)
  const first = entryIn(toBen)
  expect(first).toMatchObject({
    method: 'REQUEST',
    sequence: 0,
    summary: 'Planning',
    attendees: ['mailto:ben@example.org'],
  })
  expect(entryIn(toCid)).toMatchObject({ uid: first.uid, startsAt: first.startsAt })

  const ben = await visitor('Ben', { at })
  await ben.page.goto(linkIn(toBen, '/invitation'))
  await expect(ben.page.getByRole('heading', { name: 'Planning' })).toBeVisible()
  expect(ben.page.url(), 'the token leaves the address').not.toContain('#')
  await ben.button('Accept').click()
  await expect(ben.page.getByText('You accepted.')).toBeVisible()
  await office.mailTo('ana@example.org', /accepts: Planning$/)

  const cid = await visitor('Cid', { at })
  await cid.page.goto(linkIn(toCid, '/invitation'))
  await cid.button('Propose another time').click()
  await cid.page.getByLabel('Time', { exact: true }).fill('11:30')
  await cid.field('Note to the organiser').fill('I am on the train until eleven.')
  await cid.button('Send proposal').click()
  await expect(cid.page.getByText('You proposed another time.')).toBeVisible()
  await office.mailTo('ana@example.org', /proposes another time: Planning$/)

  await ana.page.reload()
  await expect(ana.page.getByText('Accepted', { exact: true })).toBeVisible()
  await expect(ana.page.getByText('I am on the train until eleven.')).toBeVisible()
  await ana.button('Accept time').click()
  await expect(ana.page.getByText(/11:30/).first()).toBeVisible()

  for (const address of ['ben@example.org', 'cid@example.org']) {
    const moved = entryIn(await office.mailTo(address, /^Changed: Planning$/))
    expect(moved).toMatchObject({ method: 'REQUEST', uid: first.uid, sequence: 1 })
    expect(Date.parse(moved.startsAt) - Date.parse(first.startsAt)).toBe(2.5 * 3_600_000)
  }
  await ben.page.reload()
  await expect(ben.page.getByText(/11:30/).first()).toBeVisible()

  await ana.page.getByRole('link', { name: 'Join', exact: true }).click()
  await expect(ana.field('Your name')).toHaveValue('Ana')
  await ana.join()
  await ben.page.getByRole('link', { name: 'Join', exact: true }).click()
  await ben.join()
  await expectMeet(ana, ben)
  await ben.page.reload()
  await ben.expectInRoom()
  await expectMeet(ana, ben)
  await ben.leave()
  await ana.leave()

  await ana.page.goto(meetingPage)
  const attendance = ana.page.getByRole('table', { name: 'Who was in the call' })
  await expect(attendance.getByRole('row')).toHaveCount(3)
  await expect(attendance.getByRole('rowheader', { name: 'Ana' })).toBeVisible()
  await expect(attendance.getByRole('rowheader', { name: /^Ben/ })).toContainText('Guest')
})

test('an invitation moves to another browser with a code from the email', async ({ office, visitor }) => {
  const at = office.server
  const ana = await openAccount(at, { name: 'Ana', email: 'ana@example.org' })
  await plan(at, { title: 'Planning', invite: [{ email: 'ben@example.org', role: 'moderator' }] }, ana)
  const link = linkIn(await office.mailTo('ben@example.org', /^Invitation: Planning$/), '/invitation')

  const first = await visitor('Ben', { at })
  await first.page.goto(link)
  await first.page.getByRole('link', { name: 'Join', exact: true }).click()
  await first.join()

  const second = await visitor('Ben', { at })
  await second.page.goto(link)
  await second.page.getByRole('link', { name: 'Join', exact: true }).click()
  await second.field('Your name').fill('Ben')
  await second.button('Join now').click()
  await expect(second.page.getByRole('heading', { name: /used in another browser/ })).toBeVisible()
  await expectAccessible(second.page)
  await second.button('Email me a code').click()
  const { subject } = await office.mailTo('ben@example.org', /is your code for Planning$/)
  await second.field('Code from the email').fill(subject.slice(0, 6))
  await expectAccessible(second.page)
  await second.button('Switch here').click()
  await second.expectInRoom()
  await expect(first.page.getByRole('heading', { name: /another tab/ })).toBeVisible()
})

test('with a mail server, an account is used after its address was confirmed', async ({
  office,
  visitor,
}) => {
  const at = office.server
  const ana = await visitor('Ana', { at })
  await register(ana, 'ana@example.org')
  await expect(ana.page.getByRole('heading', { name: 'Hello, Ana' })).toBeVisible()

  const ben = await visitor('Ben', { at })
  await register(ben, 'ben@example.org')
  const letter = await office.mailTo('ben@example.org', /^Confirm your email address$/)
  await ben.page.goto(linkIn(letter, '/auth/verify'))
  await ben.page.getByLabel('Password', { exact: true }).fill('correct horse battery')
  await ben.page.getByRole('button', { name: 'Confirm address' }).click()
  await expect(ben.page.getByRole('heading', { name: 'Hello, Ben' })).toBeVisible()

  await ben.page.reload()
  await expect(ben.page.getByRole('heading', { name: 'Hello, Ben' })).toBeVisible()
})
