import { patient } from '../../scripts/test/time-factor.ts'
import { expect, test } from '../support/fixtures.ts'
import { watch } from '../support/flow.ts'
import { expectMeet } from '../support/person.ts'
import { expectWay } from '../support/ways.ts'

test('two talk directly, with a third through the server, and directly again when the third has left', async ({
  person,
  serverWith,
}) => {
  const at = await serverWith({})
  const ana = await person('Ana', { at })
  const ben = await person('Ben', { at })
  await expectWay('Direct', ana, ben)
  await expectMeet(ana, ben)

  const cleo = await person('Cleo', { at })
  await expectWay('Server', ana, ben, cleo)
  await expectMeet(ana, ben, cleo)
  await cleo.leave()
  await expectWay('Direct', ana, ben)
  await expectMeet(ana, ben)
})

test('three send to each other, and a fourth brings them all to the server', async ({
  person,
  serverWith,
}) => {
  // Four browsers encode and decode for each other, on one core in the worst case.
  test.setTimeout(patient(180_000))
  const at = await serverWith({ MESH_MAX: '3' })
  const ana = await person('Ana', { at, lightCamera: true })
  const ben = await person('Ben', { at, lightCamera: true })
  const cleo = await person('Cleo', { at, lightCamera: true })
  await expectWay('Direct', ana, ben, cleo)
  await expectMeet(ana, ben, cleo)
  await ben.page.reload()
  await ben.expectInRoom()
  await expectMeet(ana, ben, cleo)
  await expectWay('Direct', ana, ben, cleo)
  const dan = await person('Dan', { at, lightCamera: true })
  await expectWay('Server', ana, ben, cleo, dan)
  await expectMeet(ana, ben, cleo, dan)
})

test('two who talk directly go on while the server is away', async ({ person, serverWith, complaints }) => {
  complaints.expect(/ERR_CONNECTION_REFUSED|WebSocket connection to/)
  const at = await serverWith({})
  const ana = await person('Ana', { at })
  const ben = await person('Ben', { at })
  await expectWay('Direct', ana, ben)
  await expectMeet(ana, ben)
  await at.stop('SIGKILL')
  await expect(ana.page.getByText('reconnecting', { exact: false }).first()).toBeVisible()
  await expectMeet(ana, ben)
  await watch(ana, 'audio', 'video')
  await at.start()
  await expectWay('Direct', ana, ben)
  await expectMeet(ana, ben)
})
