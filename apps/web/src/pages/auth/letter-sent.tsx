import { MailOpen } from 'lucide-react'
import { paths } from '../../lib/paths.ts'
import { usePageTitle } from '../../lib/use-page-title.ts'
import { profileApi } from '../../store/api/profile-api.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { MessagePage } from '../../ui/message-page.tsx'
import { authText } from './text.ts'

const words = authText.letter

/** A letter is on its way: what to do with it, and where it is when the server sends none. */
export function LetterSent({ children, onAgain }: { children: string; onAgain: () => void }) {
  usePageTitle(words.title)
  const { data } = profileApi.useServerInfoQuery()
  return (
    <MessagePage
      icon={MailOpen}
      title={words.title}
      actions={
        <>
          <ButtonLink to={paths.login} look="primary">
            {words.back}
          </ButtonLink>
          <Button look="secondary" onClick={onAgain}>
            {words.again}
          </Button>
        </>
      }
    >
      <p>{children}</p>
      {data?.mail === 'outbox' ? <p className="mt-3">{words.outbox}</p> : null}
    </MessagePage>
  )
}
