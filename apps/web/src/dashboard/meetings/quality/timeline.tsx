import type { QualityEvent } from '@video-meet/protocol'
import { CircleAlert, CircleCheck, Gauge, Server, ServerCrash, Unplug, Users } from 'lucide-react'
import { useId, useState } from 'react'
import { useDates } from '../../../store/use-dates.ts'
import { Button } from '../../../ui/button.tsx'
import { eventSentence } from './quality-words.ts'
import { qualityText } from './text.ts'

/** So many are shown at first. */
const SHOWN = 8

/** What happened in a call, in order. */
export function Timeline({ events, when }: { events: readonly QualityEvent[]; when: string }) {
  const id = useId()
  const [all, setAll] = useState(false)
  const { time } = useDates()
  const shown = all ? events : events.slice(0, SHOWN)
  return (
    <section aria-labelledby={id} className="flex flex-col gap-2">
      <h4 id={id} className="text-sm font-medium text-soft">
        {qualityText.timeline}
      </h4>
      {events.length === 0 ? <p className="text-[0.9375rem]">{qualityText.nothingHappened}</p> : null}
      <ol aria-label={qualityText.timelineOf(when)} className="flex flex-col gap-2">
        {shown.map((event, index) => (
          <li key={index} className="flex items-start gap-3 text-[0.9375rem]">
            <EventIcon event={event} />
            <time dateTime={event.at} className="shrink-0 text-soft tabular-nums">
              {time(event.at)}
            </time>
            <span dir="auto" className="min-w-0 text-pretty break-words">
              {eventSentence(event)}
            </span>
          </li>
        ))}
      </ol>
      {events.length > SHOWN ? (
        <Button look="quiet" className="-ml-5 self-start" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? qualityText.showFewer : qualityText.showAll(events.length)}
        </Button>
      ) : null}
    </section>
  )
}

const ICONS = {
  poor: [CircleAlert, 'text-danger-text'],
  recovered: [CircleCheck, 'text-accent-text'],
  saving: [Gauge, 'text-danger-text'],
  saving_ended: [CircleCheck, 'text-accent-text'],
  away: [Unplug, 'text-danger-text'],
  back: [CircleCheck, 'text-accent-text'],
  gone: [Unplug, 'text-danger-text'],
  media_replaced: [ServerCrash, 'text-danger-text'],
  full: [CircleAlert, 'text-soft'],
} as const

function EventIcon({ event }: { event: QualityEvent }) {
  const [Icon, look] =
    event.kind === 'topology'
      ? ([event.to === 'sfu' ? Server : Users, 'text-soft'] as const)
      : ICONS[event.kind]
  return <Icon aria-hidden className={`mt-0.5 size-4.5 shrink-0 ${look}`} />
}
