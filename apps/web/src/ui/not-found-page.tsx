import { Compass } from 'lucide-react'
import { notFoundText, text } from '../lib/text.ts'
import { usePageTitle } from '../lib/use-page-title.ts'
import { ButtonLink } from './button.tsx'
import { MessagePage } from './message-page.tsx'

/** Any address that the app does not know. */
export function NotFoundPage() {
  usePageTitle(notFoundText.pageTitle)
  return (
    <MessagePage
      icon={Compass}
      title={notFoundText.heading}
      actions={
        <ButtonLink look="primary" to="/">
          {text.backToStart}
        </ButtonLink>
      }
    >
      <p>{notFoundText.body}</p>
    </MessagePage>
  )
}
