import { expect, test } from '../support/fixtures.ts'
import { sentBy } from '../support/flow.ts'
import { expectReads, openPeople } from '../support/host.ts'
import { linkIn } from '../support/office.ts'
import { expectMeet, type Person } from '../support/person.ts'
import { openAccount, plan, signIn } from '../support/planning.ts'

test('a meeting for invited people says so, and takes in who is invited and signs in', async ({
  office,
  visitor,
}) => {
  const at = office.server
  const owner = await openAccount(at, { name: 'Ana' })
  const invite = [{ email: 'ben@example.org' }]
  const { link } = await plan(at, { title: 'Planning', policy: { join: 'invited' }, invite }, owner)
  const invitation = linkIn(await office.mailTo('ben@example.org', /^Invitation/), '/invitation')
  const invitationToken = new URL(invitation).hash.slice(1)
  const account = await openAccount(at, { name: 'Ben', email: 'ben@example.org', invitationToken })

  const ben = await visitor('Ben', { at })
  await ben.page.goto(link)
  await ben.expectHeading('This meeting is for invited people')
  await expect(ben.page).toHaveTitle(/^Private meeting/)
  await expect(ben.button('Join now')).toHaveCount(0)
  await ben.page.getByRole('link', { name: 'Sign in' }).click()
  await signIn(ben, account)
  await ben.expectHeading('Planning')
  expect(ben.page.url()).toBe(link)
  await expect(ben.field('Your name')).toHaveValue('Ben')
  await ben.join()
})

test('who is signed in but not invited is told so', async ({ server, visitor }) => {
  const [owner, stranger] = [
    await openAccount(server, { name: 'Oskar' }),
    await openAccount(server, { name: 'Emil' }),
  ]
  const { link } = await plan(server, { title: 'Planning', policy: { join: 'invited' } }, owner)
  const emil = await visitor('Emil')
  await emil.page.goto(link)
  await emil.page.getByRole('link', { name: 'Sign in' }).click()
  await signIn(emil, stranger)
  await emil.tryToJoin()
  await emil.expectHeading('This meeting is for invited people')
  await expectReads(emil, /You are not among them/)
  await expect(emil.page.getByRole('link', { name: 'Sign in' })).toHaveCount(0)
})

test('the host needs no password, and whoever came before comes in with them', async ({
  server,
  visitor,
}) => {
  const owner = await openAccount(server, { name: 'Ada' })
  const { link } = await plan(
    server,
    { title: 'Planning', password: 'apple tree 7', policy: { joinBeforeHost: false } },
    owner,
  )
  const ben = await visitor('Ben')
  await ben.page.goto(link)
  await ben.page.getByLabel('Meeting password').fill('apple tree 7')
  await ben.tryToJoin()
  await ben.expectHeading('The host has not started the meeting yet')

  const ada = await visitor('Ada')
  await ada.page.goto(`/auth/login?next=${new URL(link).pathname}`)
  await signIn(ada, owner)
  await expect(ada.field('Your name')).toHaveValue('Ada')
  await expect(ada.page.getByLabel('Meeting password')).toHaveCount(0)
  await ada.join()
  await ben.expectInRoom()
  await expectMeet(ada, ben)
})

test('an observer sees and hears the others, sends nothing, and is listed as one', async ({
  office,
  visitor,
}) => {
  const at = office.server
  const owner = await openAccount(at, { name: 'Ana' })
  const invite = [{ email: 'ben@example.org', role: 'observer' as const }]
  const { link } = await plan(at, { title: 'Planning', invite }, owner)
  const ana = await visitor('Ana', { at })
  await ana.page.goto(`/auth/login?next=${new URL(link).pathname}`)
  await signIn(ana, owner)
  await ana.join()
  const cleo = await visitor('Cleo', { at })
  await cleo.page.goto(link)
  await cleo.join()

  const ben = await visitor('Ben', { at })
  await ben.page.goto(linkIn(await office.mailTo('ben@example.org', /^Invitation/), '/invitation'))
  await ben.page.getByRole('link', { name: 'Join', exact: true }).click()
  await ben.join()
  await ben.expectSeesAndHears(ana, cleo)
  await ana.expectSeesAndHears(cleo)
  await cleo.expectSeesAndHears(ana)
  await expect(ownMedia(cleo)).toHaveCount(4)
  await expect(ownMedia(ben)).toHaveCount(0)
  await ben.page.keyboard.press('m')
  await expectReads(ben, /^You cannot unmute/)
  expect(await sentBy(cleo)).toBeGreaterThan(0)
  expect(await sentBy(ben)).toBe(0)

  await openPeople(ana)
  const listed = ana.page.getByRole('list', { name: 'In the meeting' }).getByRole('listitem')
  await expect(listed.filter({ hasText: 'Ben' })).toContainText('Observer')
  await expect(listed.filter({ hasText: 'Cleo' })).not.toContainText('Observer')
})

/** What somebody sends with: microphone, camera, screen and hand. */
function ownMedia(person: Person) {
  return person.page
    .getByRole('region', { name: 'Meeting controls' })
    .getByRole('button', { name: /microphone|camera|share|sharing|hand/i })
}
