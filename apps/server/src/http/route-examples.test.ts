import { type Route, routes } from '@video-meet/protocol'
import { expect, it } from 'vitest'
import { BODY_EXAMPLES } from './route-examples.ts'

it.each(Object.entries(BODY_EXAMPLES))('the example of %s is one that its route takes', (name, example) => {
  const route: Route = routes[name as keyof typeof BODY_EXAMPLES]
  expect(route.body?.safeParse(example)).toMatchObject({ success: true })
})
