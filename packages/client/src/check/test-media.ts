/** Media that is made here, so that no device is needed. */
export interface TestMedia {
  readonly track: MediaStreamTrack
  stop(): void
}

const WIDTH = 640
const HEIGHT = 360
const FRAMES_PER_S = 20
/** Of the picture's blocks, which change with each frame: enough to fill what the encoder may send. */
const BLOCK = 8

/** A picture of noise, which cannot be made small. */
export function openTestPicture(): TestMedia {
  const canvas = Object.assign(document.createElement('canvas'), { width: WIDTH, height: HEIGHT })
  const context = canvas.getContext('2d')
  const draw = (): void => {
    if (!context) return
    for (let y = 0; y < HEIGHT; y += BLOCK)
      for (let x = 0; x < WIDTH; x += BLOCK) {
        const shade = Math.floor(Math.random() * 256)
        context.fillStyle = `rgb(${shade} ${255 - shade} ${(shade * 7) % 256})`
        context.fillRect(x, y, BLOCK, BLOCK)
      }
  }
  draw()
  const timer = setInterval(draw, 1000 / FRAMES_PER_S)
  const stream = canvas.captureStream(FRAMES_PER_S)
  return {
    track: firstOf(stream),
    stop() {
      clearInterval(timer)
      firstOf(stream).stop()
    },
  }
}

function firstOf(stream: MediaStream): MediaStreamTrack {
  const [track] = stream.getTracks()
  if (!track) throw new TypeError('a stream without a track')
  return track
}
