import sharp from 'sharp'
import { AppError } from '../../platform/errors.ts'

const SIDE_PX = 256
const MAX_PIXELS = 40_000_000
const FORMATS = new Set(['png', 'jpeg', 'webp', 'gif', 'heif', 'avif'])

/**
 * A square WebP of an uploaded image, made anew: whatever else the file held is gone.
 *
 * @throws {AppError} `unsupported_media`
 */
export async function makeAvatar(image: Buffer): Promise<Buffer> {
  try {
    const picture = sharp(image, { limitInputPixels: MAX_PIXELS, failOn: 'error', animated: false })
    const { format } = await picture.metadata()
    if (format === undefined || !FORMATS.has(format)) throw new Error(`format ${format}`)
    return await picture
      .rotate()
      .resize(SIDE_PX, SIDE_PX, { fit: 'cover', position: 'attention' })
      .webp({ quality: 82 })
      .toBuffer()
  } catch (cause) {
    throw new AppError(
      'unsupported_media',
      'This is no picture that can be read: send a PNG, JPEG, WebP, GIF or AVIF.',
      {
        cause,
      },
    )
  }
}
