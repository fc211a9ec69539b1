import type { PersonQuality } from '@video-meet/protocol'
import { percentText } from '../../../lib/amounts.ts'
import { shares } from './quality-words.ts'
import { qualityText } from './text.ts'

const PARTS = [
  ['good', 'bg-accent'],
  ['fair', 'bg-line-strong'],
  ['poor', 'bg-danger'],
] as const

/** For which part of the time somebody was connected how well, drawn and in words. */
export function ShareBar({ person }: { person: PersonQuality }) {
  const parts = shares(person)
  const some = PARTS.filter(([level]) => parts[level] > 0)
  return (
    <span className="flex max-w-72 flex-col gap-1">
      <span aria-hidden className="flex h-2 gap-0.5 overflow-hidden rounded-full">
        {some.map(([level, look]) => (
          <span key={level} className={`min-w-1 ${look}`} style={{ flexGrow: parts[level], flexBasis: 0 }} />
        ))}
      </span>
      <span className="text-sm tabular-nums">
        {some.map(([level]) => qualityText[level](percentText(parts[level]))).join(', ')}
      </span>
    </span>
  )
}
