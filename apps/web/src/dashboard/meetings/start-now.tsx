import { Video } from 'lucide-react'
import { useNavigate } from 'react-router'
import { failureText, toFailure } from '../../lib/failure-text.ts'
import { meetingPath } from '../../lib/meeting-link.ts'
import { meetingsApi } from '../../store/api/meetings-api.ts'
import { useOnce } from '../../store/use-once.ts'
import { useToast } from '../../store/use-toast.ts'
import { Button } from '../../ui/button.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { meetingsText } from './text.ts'

/** Makes a meeting and goes to it. */
export function StartNow() {
  const navigate = useNavigate()
  const toast = useToast()
  const [create, { isLoading }] = meetingsApi.useCreateMeetingMutation()
  const once = useOnce()

  async function start(): Promise<void> {
    try {
      const { code } = await once({}, (idempotencyKey) =>
        create({ body: {}, options: { idempotencyKey } }).unwrap(),
      )
      await navigate(meetingPath(code))
    } catch (error) {
      toast(failureText(toFailure(error)), 'error')
    }
  }

  return (
    <Button aria-disabled={isLoading} onClick={() => (isLoading ? undefined : void start())}>
      {isLoading ? <Spinner /> : <Video aria-hidden className="size-5" />}
      {meetingsText.startNow}
    </Button>
  )
}
