import type { Notice } from '@video-meet/protocol'
import { BellOff } from 'lucide-react'
import { Link } from 'react-router'
import { failureText, toFailure } from '../../lib/failure-text.ts'
import { paths } from '../../lib/paths.ts'
import { text } from '../../lib/text.ts'
import { noticesApi } from '../../store/api/notices-api.ts'
import { useDates } from '../../store/use-dates.ts'
import { useToast } from '../../store/use-toast.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { noticeSentence, noticesText } from './notice-text.ts'

/** What the person was told in the app, latest first. */
export function NoticesDialog({ onClose }: { onClose: () => void }) {
  const query = noticesApi.useNoticesInfiniteQuery({})
  const [readAll] = noticesApi.useReadNoticesMutation()
  const toast = useToast()

  function markRead(): void {
    readAll()
      .unwrap()
      .catch((error: unknown) => toast(failureText(toFailure(error)), 'error'))
  }

  return (
    <Dialog title={noticesText.title} onClose={onClose}>
      <Loaded query={query}>
        {({ pages }) => {
          const notices = pages.flatMap(({ items }) => items)
          if (notices.length === 0)
            return (
              <EmptyState icon={BellOff} title={noticesText.empty}>
                {noticesText.emptyHint}
              </EmptyState>
            )
          return (
            <>
              <ul className="-mx-3">
                {notices.map((notice) => (
                  <NoticeRow key={notice.id} notice={notice} onFollow={onClose} />
                ))}
              </ul>
              <div className="mt-4 flex flex-wrap gap-3">
                {(pages[0]?.unread ?? 0) > 0 ? (
                  <Button look="secondary" onClick={markRead}>
                    {noticesText.markRead}
                  </Button>
                ) : null}
                {query.hasNextPage ? (
                  <Button look="quiet" onClick={() => void query.fetchNextPage()}>
                    {text.showMore}
                  </Button>
                ) : null}
              </div>
            </>
          )
        }}
      </Loaded>
    </Dialog>
  )
}

function NoticeRow({ notice, onFollow }: { notice: Notice; onFollow: () => void }) {
  const dates = useDates()
  const content = (
    <>
      <span aria-hidden className={notice.read ? 'size-2' : 'mt-2 size-2 shrink-0 rounded-full bg-accent'} />
      <span className="min-w-0 flex-1">
        {notice.read ? null : <span className="sr-only">{noticesText.new}: </span>}
        <span dir="auto" className="block text-[0.9375rem]">
          {noticeSentence(notice)}
        </span>
        <span className="block text-sm text-soft">{dates.ago(notice.createdAt)}</span>
      </span>
    </>
  )
  const look = 'flex gap-3 rounded-control px-3 py-2.5'
  return (
    <li>
      {notice.meetingId === null ? (
        <div className={look}>{content}</div>
      ) : (
        <Link to={paths.meeting(notice.meetingId)} onClick={onFollow} className={`${look} hover:bg-control`}>
          {content}
        </Link>
      )}
    </li>
  )
}
