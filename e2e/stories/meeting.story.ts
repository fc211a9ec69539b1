import { expect, test } from '../support/fixtures.ts'
import { expectMeet } from '../support/person.ts'

test('two people meet, a third comes, and everyone sees and hears everyone', async ({ person }) => {
  const ana = await person('Ana')
  const ben = await person('Ben')
  await expectMeet(ana, ben)

  const cleo = await person('Cleo')
  await expectMeet(ana, ben, cleo)
  for (const someone of [ana, ben, cleo]) await expect(someone.page).toHaveTitle(/ · Video Meet$/)
})

test('someone can join by the code that another reads out', async ({ person, visitor }) => {
  const ana = await person('Ana')
  const ben = await visitor('Ben')
  const code = new URL(ana.page.url()).pathname.replace('/meeting/', '')
  await ben.page.goto('/')
  await ben.field('Meeting code or link').fill(` ${code.toUpperCase().replaceAll('-', ' ')} `)
  await ben.button('Join').click()
  await ben.join()
  await expectMeet(ana, ben)
})
