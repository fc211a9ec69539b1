import { expectMessages, openChat, write } from '../support/chat.ts'
import { expect, test } from '../support/fixtures.ts'

test('people chat, and who comes later reads what was written before', async ({ person }) => {
  const ana = await person('Ana')
  const ben = await person('Ben')
  await openChat(ana)
  await openChat(ben)
  await write(ana, 'Hello Ben')
  await expectMessages(ben, 'Hello Ben')
  await write(ben, 'Hello <b>Ana</b> & all: https://example.org/')
  await expectMessages(ana, 'Hello Ben', 'Hello <b>Ana</b> & all: https://example.org/')
  await expect(ana.field('Message')).toHaveValue('')

  const cleo = await person('Cleo')
  await openChat(cleo)
  await expectMessages(cleo, 'Hello Ben', 'Hello <b>Ana</b> & all: https://example.org/')
  await write(cleo, 'Good morning')
  for (const someone of [ana, ben, cleo]) await expectMessages(someone, 'Hello Ben', 'Good morning')
})
