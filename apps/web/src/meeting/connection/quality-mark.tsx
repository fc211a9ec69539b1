import type { Quality } from '@video-meet/client'
import type { QualityLevel } from '@video-meet/protocol'
import { classNames } from '../../lib/class-names.ts'
import { useAppDispatch } from '../../store/hooks.ts'
import type { PersonView } from '../../store/meeting-slice.ts'
import { dialogOpened } from '../../store/ui-slice.ts'
import { useCallSample } from './call-stats-of.ts'
import { qualityWords } from './quality-words.ts'
import { connectionText } from './text.ts'

/** How many of the three bars are full. */
const BARS: Readonly<Record<QualityLevel, number>> = { good: 3, fair: 2, poor: 1, lost: 0 }

/** On the tile of somebody who is not connected well; a press shows the figures, and what can be done. */
export function QualityMark({ person }: { person: PersonView }) {
  const sample = useCallSample()
  const quality = person.isLocal ? sample?.own : sample?.people.find(({ id }) => id === person.id)?.quality
  // That somebody is away fills their tile.
  if (!quality || quality.level === 'good' || quality.problem === 'away') return null
  return <Mark name={person.isLocal ? null : person.name} quality={quality} />
}

function Mark({ name, quality }: { name: string | null; quality: Quality }) {
  const { level } = quality
  const dispatch = useAppDispatch()
  const words = `${connectionText.mark(level)}. ${qualityWords(quality, name) ?? ''}`.trim()
  return (
    <button
      type="button"
      title={words}
      onClick={() => dispatch(dialogOpened('connection'))}
      className={classNames(
        'absolute right-2 bottom-2 rounded-lg p-1.5 pointer-coarse:before:absolute pointer-coarse:before:-inset-2',
        level === 'fair' ? 'bg-black/75 text-[#ffd479]' : 'bg-danger text-danger-ink',
      )}
    >
      <Bars full={BARS[level]} />
      <span className="sr-only">{words}</span>
    </button>
  )
}

function Bars({ full }: { full: number }) {
  return (
    <svg aria-hidden viewBox="0 0 16 16" fill="currentColor" className="size-4">
      {[0, 1, 2].map((bar) => (
        <rect
          key={bar}
          x={1 + bar * 5}
          y={10 - bar * 4.5}
          width={4}
          height={5 + bar * 4.5}
          rx={1}
          opacity={bar < full ? 1 : 0.35}
        />
      ))}
    </svg>
  )
}
