import { CalendarPlus, CalendarX2, SearchX, Video } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { paths } from '../../lib/paths.ts'
import { meetingsApi } from '../../store/api/meetings-api.ts'
import { profileApi } from '../../store/api/profile-api.ts'
import { useDates } from '../../store/use-dates.ts'
import { useUser } from '../../store/use-user.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { MoreButton } from '../../ui/more-button.tsx'
import { PageHeading } from '../../ui/page-heading.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { groupByDay } from './day-groups.ts'
import { InvitationsToAnswer } from './invitations-to-answer.tsx'
import { MeetingRow } from './meeting-row.tsx'
import { StartNow } from './start-now.tsx'
import { meetingsText } from './text.ts'

type When = 'upcoming' | 'past'

/** What is on today, what comes, what was, and what waits for an answer. */
export function DashboardPage() {
  const { name } = useUser()
  const [when, setWhen] = useState<When>('upcoming')
  const [typed, setTyped] = useState('')
  const search = useDeferredValue(typed.trim())
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-7">
      <PageHeading
        title={meetingsText.greeting(name)}
        pageTitle={meetingsText.title}
        action={
          <div className="flex flex-wrap gap-3">
            <StartNow />
            <ButtonLink look="secondary" to={paths.newMeeting}>
              <CalendarPlus aria-hidden className="size-5" />
              {meetingsText.schedule}
            </ButtonLink>
          </div>
        }
      />
      <OutboxNotice />
      <InvitationsToAnswer />
      <section aria-label={meetingsText.lists} className="flex flex-col gap-5">
        <div className="flex flex-wrap items-end justify-between gap-4">
          <WhenSwitch when={when} onChange={setWhen} />
          <SearchField label={meetingsText.search} value={typed} onChange={setTyped} />
        </div>
        <MeetingLists key={when} when={when} search={search} />
      </section>
    </div>
  )
}

function WhenSwitch({ when, onChange }: { when: When; onChange: (when: When) => void }) {
  return (
    <div role="group" aria-label={meetingsText.lists} className="flex rounded-control border border-line p-1">
      {(['upcoming', 'past'] as const).map((value) => (
        <button
          key={value}
          type="button"
          aria-pressed={when === value}
          onClick={() => onChange(value)}
          className="min-h-11 rounded-control px-4 text-[0.9375rem] font-medium text-soft hover:text-ink aria-pressed:bg-accent-soft aria-pressed:text-accent-text"
        >
          {meetingsText[value]}
        </button>
      ))}
    </div>
  )
}

function MeetingLists({ when, search }: { when: When; search: string }) {
  const dates = useDates()
  const { timeZone } = useUser()
  const query = meetingsApi.useMeetingsInfiniteQuery(
    { when, ...(search !== '' && { search }) },
    { pollingInterval: 30_000, skipPollingIfUnfocused: true },
  )
  return (
    <Loaded query={query}>
      {({ pages }) => {
        const meetings = pages.flatMap(({ items }) => items)
        if (meetings.length === 0) return <NoMeetings when={when} isSearch={search !== ''} />
        return (
          <>
            {groupByDay(meetings, { dates, timeZone }).map(({ title, items }) => (
              <section key={title} aria-label={title}>
                <h2 className="mb-2 text-sm font-semibold text-soft">{title}</h2>
                <ul className="divide-y divide-line rounded-card border border-line bg-surface">
                  {items.map((meeting) => (
                    <MeetingRow key={meeting.id} meeting={meeting} />
                  ))}
                </ul>
              </section>
            ))}
            <MoreButton query={query} />
          </>
        )
      }}
    </Loaded>
  )
}

function NoMeetings({ when, isSearch }: { when: When; isSearch: boolean }) {
  if (isSearch) return <EmptyState icon={SearchX} title={meetingsText.noneFound} />
  if (when === 'past')
    return (
      <EmptyState icon={CalendarX2} title={meetingsText.noPast}>
        {meetingsText.noPastHint}
      </EmptyState>
    )
  return (
    <EmptyState icon={Video} title={meetingsText.noUpcoming}>
      {meetingsText.noUpcomingHint}
    </EmptyState>
  )
}

/** Whoever can do something about it is told that letters reach nobody. */
function OutboxNotice() {
  const { role } = useUser()
  const { data } = profileApi.useServerInfoQuery()
  if (role !== 'administrator' || data?.mail !== 'outbox') return null
  return (
    <p className="rounded-control bg-accent-soft px-4 py-3 text-[0.9375rem] text-pretty">
      {meetingsText.outbox}
    </p>
  )
}
