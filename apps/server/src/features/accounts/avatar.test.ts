import sharp from 'sharp'
import { expect, it } from 'vitest'
import { makeAvatar } from './avatar.ts'

const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#c04020' } })

it.each(['png', 'jpeg', 'webp', 'gif', 'avif'] as const)('makes a square WebP of a %s', async (format) => {
  const avatar = await sharp(await makeAvatar(await picture(400, 300).toFormat(format).toBuffer())).metadata()
  expect(avatar).toMatchObject({ format: 'webp', width: 256, height: 256 })
})

it('leaves out what else the file held', async () => {
  const secret = 'at home, 48.2 N 16.4 E'
  const image = await picture(300, 300)
    .jpeg()
    .withExif({ IFD0: { ImageDescription: secret } })
    .toBuffer()
  expect(image.includes(secret)).toBe(true)
  const avatar = await makeAvatar(image)
  expect(avatar.includes(secret)).toBe(false)
  expect((await sharp(avatar).metadata()).exif).toBeUndefined()
})

it.each([
  ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
  ['a page', Buffer.from('<html><script>alert(1)</script>')],
  ['nothing', Buffer.alloc(0)],
  ['half a picture', Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAAB', 'base64')],
])('refuses %s', async (_what, bytes) => {
  await expect(makeAvatar(bytes)).rejects.toMatchObject({ code: 'unsupported_media' })
})

it('refuses a picture that is small as a file and huge as a picture', async () => {
  const bomb = await picture(8000, 8000).png({ compressionLevel: 9 }).toBuffer()
  expect(bomb.length).toBeLessThan(1_000_000)
  await expect(makeAvatar(bomb)).rejects.toMatchObject({ code: 'unsupported_media' })
})
