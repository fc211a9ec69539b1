import { Link2Off } from 'lucide-react'
import { usePageTitle } from '../../lib/use-page-title.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { MessagePage } from '../../ui/message-page.tsx'
import { authText } from './text.ts'

/** The link of a letter was used already, is too old, or is not whole. */
export function BadLink({ newLink }: { newLink: string }) {
  usePageTitle(authText.badLink.title)
  return (
    <MessagePage
      icon={Link2Off}
      title={authText.badLink.title}
      actions={
        <ButtonLink to={newLink} look="primary">
          {authText.badLink.newLink}
        </ButtonLink>
      }
    >
      <p>{authText.badLink.body}</p>
    </MessagePage>
  )
}
