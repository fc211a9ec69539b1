import { text } from '../../lib/text.ts'
import { createLate } from '../../room/use-late.ts'
import { Spinner } from '../../ui/spinner.tsx'

const useLatePanel = createLate(() => import('./people-panel.tsx'))

/** The panel of people, which comes when it is opened for the first time. */
export function LatePeoplePanel() {
  const loaded = useLatePanel(true)
  if (loaded !== null) return <loaded.PeoplePanel />
  return (
    <p className="flex items-center gap-3 px-5 py-2 text-soft">
      <Spinner />
      {text.loading}
    </p>
  )
}
