import { useAppSelector } from '../store/hooks.ts'

/** Says what happens to people who do not see it. */
export function Announcer() {
  const announcement = useAppSelector((state) => state.ui.announcement)
  return (
    <div aria-live="polite" className="sr-only">
      {announcement === null ? null : <p key={announcement.id}>{announcement.text}</p>}
    </div>
  )
}
