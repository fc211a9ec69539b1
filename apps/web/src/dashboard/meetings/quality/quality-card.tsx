import { exportQuality, type Meeting } from '@video-meet/protocol'
import { Activity } from 'lucide-react'
import { meetingsApi } from '../../../store/api/meetings-api.ts'
import { Card } from '../../../ui/card.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Loaded } from '../../../ui/loaded.tsx'
import { MoreButton } from '../../../ui/more-button.tsx'
import { CsvButton } from '../csv-button.tsx'
import { CallSection } from './call-section.tsx'
import { qualityText } from './text.ts'

/** Browsers report every ten seconds; what is over does not change any more. */
const POLL_LIVE_MS = 30_000

/** How everyone was connected in each call of a meeting. */
export function QualityCard({ meeting: { id, state } }: { meeting: Meeting }) {
  const query = meetingsApi.useQualitiesInfiniteQuery(
    { params: { id } },
    { pollingInterval: state === 'live' ? POLL_LIVE_MS : 0, skipPollingIfUnfocused: true },
  )
  const isEmpty = query.data?.pages[0]?.items.length === 0
  return (
    <Card
      title={qualityText.title}
      description={qualityText.hint}
      action={
        query.data && !isEmpty ? <CsvButton route={exportQuality} id={id} what={qualityText.title} /> : null
      }
    >
      <Loaded query={query}>
        {({ pages }) =>
          isEmpty ? (
            <EmptyState icon={Activity} title={qualityText.none}>
              {qualityText.noneHint}
            </EmptyState>
          ) : (
            <div className="flex flex-col gap-8">
              {pages
                .flatMap(({ items }) => items)
                .map((call) => (
                  <CallSection key={call.startedAt} call={call} />
                ))}
              <MoreButton query={query} />
            </div>
          )
        }
      </Loaded>
    </Card>
  )
}
