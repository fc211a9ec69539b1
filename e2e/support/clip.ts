import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { BLOCKS, FRAME_BITS, PERSON_BITS, toneOf } from './clip-code.ts'

const CACHE = join(import.meta.dirname, '../.cache')
const VERSION = 1
const FRAMES = 2 ** FRAME_BITS

const SPEECH = [
  'The quick brown fox jumps over the lazy dog, and then it goes home.',
  'She sells sea shells by the sea shore, every day of the long summer.',
  'How much wood would a woodchuck chuck, if a woodchuck could chuck wood.',
  'Peter Piper picked a peck of pickled peppers before the rain came down.',
]

/** Picture and sound that a fake camera and a fake microphone play in a loop. */
export interface Clip {
  readonly video: string
  readonly audio: string
}

export interface ClipOptions {
  /** 0…3: told by the blocks in the picture and by the pitch of the beeps. */
  readonly person: number
  readonly width: number
  readonly height: number
  readonly framesPerSecond: number
}

/** Makes the clip with ffmpeg unless it is in the cache already. */
export function clip(options: ClipOptions): Clip {
  mkdirSync(CACHE, { recursive: true })
  const { person, width, height, framesPerSecond } = options
  const name = `v${VERSION}-person${person}`
  return {
    video: cached(`${name}-${width}x${height}-${framesPerSecond}.y4m`, videoArguments(options)),
    audio: cached(`${name}.wav`, audioArguments(person)),
  }
}

function cached(fileName: string, ffmpegArguments: readonly string[]): string {
  const file = join(CACHE, fileName)
  if (existsSync(file)) return file
  const unfinished = join(CACHE, `unfinished-${process.pid}-${fileName}`)
  ffmpeg([...ffmpegArguments, '-y', unfinished])
  renameSync(unfinished, file)
  return file
}

function ffmpeg(ffmpegArguments: readonly string[]): void {
  try {
    execFileSync('ffmpeg', ['-hide_banner', '-loglevel', 'error', ...ffmpegArguments], { stdio: 'pipe' })
  } catch (error) {
    const hint = 'Could not make the clip that fake cameras play: install ffmpeg (apt-get install ffmpeg).'
    throw new Error(hint, { cause: error })
  }
}

/** A moving test picture with the code of `clip-code.ts` along its lower edge. */
function videoArguments({ person, width, height, framesPerSecond }: ClipOptions): string[] {
  const bits = [
    '1',
    '0',
    ...Array.from({ length: PERSON_BITS }, (_, bit) => String((person >> bit) & 1)),
    ...Array.from({ length: FRAME_BITS }, (_, bit) => `mod(floor(n/${2 ** bit})\\,2)`),
  ]
  const box = (index: number) => `x=iw*${index}/${BLOCKS}:y=ih*3/4:w=ceil(iw/${BLOCKS})+1:h=ih/4:t=fill`
  const blocks = bits.map((bit, index) => `drawbox=${box(index)}:color=white:enable='${bit}'`)
  const ground = 'drawbox=x=0:y=ih*3/4:w=iw:h=ih/4:t=fill:color=black'
  const source = `testsrc2=size=${width}x${height}:rate=${framesPerSecond}`
  const filters = [source, 'format=yuv420p', ground, ...blocks].join(',')
  return ['-f', 'lavfi', '-i', filters, '-frames:v', String(FRAMES), '-pix_fmt', 'yuv420p']
}

/** Speech with short beeps of the person's own pitch: a steady tone would be taken for noise and removed. */
function audioArguments(person: number): string[] {
  const speech = `flite=text='${SPEECH[person] ?? SPEECH[0]}':voice=slt`
  const beeps = `aevalsrc='0.25*sin(2*PI*${toneOf(person)}*t)*lt(mod(t\\,0.3)\\,0.15)':s=48000:d=6`
  const mix =
    '[0]aresample=48000,apad,volume=0.5[speech];[speech][1]amix=inputs=2:duration=shortest:normalize=0'
  return ['-f', 'lavfi', '-i', speech, '-f', 'lavfi', '-i', beeps, '-filter_complex', mix, '-ac', '1']
}
