import { test } from '../support/fixtures.ts'
import { expectMeet } from '../support/person.ts'
import { Server } from '../support/server.ts'
import { expectWay } from '../support/ways.ts'

test('two talk directly, with a third through the server, and directly again when the third has left', async ({
  visitor,
}) => {
  const server = await Server.start({ MESH_MAX: '2' })
  const ana = await visitor('Ana', { at: server })
  await ana.createMeeting()
  await ana.join()
  const ben = await visitor('Ben', { at: server })
  await ben.page.goto(ana.page.url())
  await ben.join()
  await expectWay('Direct', ana, ben)
  await expectMeet(ana, ben)

  const cleo = await visitor('Cleo', { at: server })
  await cleo.page.goto(ana.page.url())
  await cleo.join()
  await expectWay('Server', ana, ben, cleo)
  await expectMeet(ana, ben, cleo)
  await cleo.leave()
  await expectWay('Direct', ana, ben)
  await expectMeet(ana, ben)
  for (const person of [ana, ben]) await person.leave()
  await server.close()
})
