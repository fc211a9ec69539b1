import type { Meeting } from '@video-meet/protocol'
import { useState } from 'react'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import { paths } from '../../lib/paths.ts'
import { meetingsApi } from '../../store/api/meetings-api.ts'
import { useToast } from '../../store/use-toast.ts'
import { Button } from '../../ui/button.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { PageHeading } from '../../ui/page-heading.tsx'
import { MeetingForm } from './meeting-form.tsx'
import { formText } from './text.ts'

/** Where a meeting is made. `?when=now` has no time yet. */
export function NewMeetingPage() {
  const navigate = useNavigate()
  const [search] = useSearchParams()
  const leave = (meeting: Meeting) => void navigate(paths.meeting(meeting.id), { replace: true })
  return (
    <div className="mx-auto flex max-w-2xl flex-col gap-6">
      <PageHeading title={formText.newTitle} />
      <MeetingForm
        meeting={undefined}
        planned={search.get('when') !== 'now'}
        onDone={leave}
        onCancel={() => void navigate(paths.dashboard)}
      />
    </div>
  )
}

/** Where a meeting is changed. */
export function EditMeetingPage() {
  const { id = '' } = useParams()
  const query = meetingsApi.useMeetingQuery({ params: { id } })
  return (
    <div className="mx-auto flex max-w-2xl flex-col gap-6">
      <PageHeading title={formText.editTitle} />
      <Loaded query={query}>{(meeting) => <Edit latest={meeting} onReload={query.refetch} />}</Loaded>
    </div>
  )
}

function Edit({ latest, onReload }: { latest: Meeting; onReload: () => unknown }) {
  const navigate = useNavigate()
  const toast = useToast()
  // What others change meanwhile must not throw away what is being typed.
  const [meeting, setMeeting] = useState(latest)
  const back = () => void navigate(paths.meeting(meeting.id))
  const isOld = latest.details?.version !== meeting.details?.version
  return (
    <>
      {isOld ? (
        <p
          role="status"
          className="flex flex-wrap items-center gap-3 rounded-control bg-accent-soft px-4 py-2"
        >
          {formText.changed}
          <Button
            look="quiet"
            onClick={() => {
              onReload()
              setMeeting(latest)
            }}
          >
            {formText.loadAgain}
          </Button>
        </p>
      ) : null}
      <MeetingForm
        key={meeting.details?.version}
        meeting={meeting}
        planned={false}
        onDone={() => {
          toast(formText.saved)
          back()
        }}
        onCancel={back}
      />
    </>
  )
}
