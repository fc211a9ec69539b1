import { getMeetingCalendar, type Meeting, type MeetingCode } from '@video-meet/protocol'
import { copyText } from '../../lib/copy-text.ts'
import { failureText, toFailure } from '../../lib/failure-text.ts'
import { meetingLink } from '../../lib/meeting-link.ts'
import { saveFile } from '../../lib/save-file.ts'
import { text } from '../../lib/text.ts'
import { useAccount } from '../../store/account-context.tsx'
import { useToast } from '../../store/use-toast.ts'
import { detailText } from './text.ts'

/** What everyone who belongs to a meeting can do with it. */
export function useMeetingActions() {
  const toast = useToast()
  const { rest } = useAccount()
  return {
    copyLink: async (code: MeetingCode): Promise<void> => {
      if (await copyText(meetingLink(code))) toast(text.linkCopied)
      else toast(text.linkNotCopied, 'error')
    },
    addToCalendar: async ({ id }: Pick<Meeting, 'id'>): Promise<void> => {
      try {
        const file = await rest.call(getMeetingCalendar, { params: { id } })
        saveFile(new Blob([file], { type: 'text/calendar' }), detailText.calendarFile)
      } catch (error) {
        toast(failureText(toFailure(error)), 'error')
      }
    },
  }
}
