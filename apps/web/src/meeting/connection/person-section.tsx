import type { Quality } from '@video-meet/client'
import { type ReactNode, useId } from 'react'
import { Badge } from '../../ui/badge.tsx'
import type { Figure } from './figures.ts'
import { connectionText } from './text.ts'

const TONES = { good: 'plain', fair: 'accent', poor: 'danger', lost: 'danger' } as const

interface PersonSectionProps {
  name: string
  quality: Quality
  /** What is wrong, and what can be done. */
  words: string | null
  /** To do it. */
  actions?: ReactNode
  /** Said in place of figures. */
  nothing: string | null
  children: ReactNode
}

/** How well somebody is connected, with the figures of what they send. */
export function PersonSection({ name, quality, words, actions, nothing, children }: PersonSectionProps) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="mt-6">
      <div className="flex items-center justify-between gap-3">
        <h3 id={id} dir="auto" className="truncate font-semibold">
          {name}
        </h3>
        <Badge tone={TONES[quality.level]}>{connectionText.level[quality.level]}</Badge>
      </div>
      {words === null ? null : <p className="mt-1 text-sm text-soft">{words}</p>}
      {actions}
      {nothing === null ? null : <p className="mt-1 text-sm text-soft">{nothing}</p>}
      <div className="mt-1 divide-y divide-line">{children}</div>
    </section>
  )
}

/** The figures of one track. */
export function TrackFigures({ title, figures }: { title: string; figures: readonly Figure[] }) {
  return (
    <div className="py-3">
      <h4 dir="auto" className="truncate text-sm font-medium">
        {title}
      </h4>
      <dl className="mt-1.5 grid grid-cols-2 gap-x-4 gap-y-2 sm:grid-cols-4">
        {figures.map(({ name, value }) => (
          <div key={name}>
            <dt className="text-xs text-soft">{name}</dt>
            <dd className="text-sm tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
