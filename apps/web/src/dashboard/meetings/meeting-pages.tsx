import { Route, Routes } from 'react-router'
import { NotFoundPage } from '../../ui/not-found-page.tsx'
import { EditMeetingPage } from './meeting-form-pages.tsx'
import { MeetingPage } from './meeting-page.tsx'

/** THE LIST of pages of a meeting, by address below /dashboard/meetings. */
export function MeetingPages() {
  return (
    <Routes>
      <Route path=":id" element={<MeetingPage />} />
      <Route path=":id/edit" element={<EditMeetingPage />} />
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  )
}
