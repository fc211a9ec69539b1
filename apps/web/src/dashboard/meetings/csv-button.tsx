import type { exportAttendees, exportQuality, Meeting } from '@video-meet/protocol'
import { Download } from 'lucide-react'
import { failureText, toFailure } from '../../lib/failure-text.ts'
import { saveFile } from '../../lib/save-file.ts'
import { useAccount } from '../../store/account-context.tsx'
import { useToast } from '../../store/use-toast.ts'
import { Button } from '../../ui/button.tsx'
import { detailText } from './text.ts'

interface CsvButtonProps extends Pick<Meeting, 'id'> {
  route: typeof exportAttendees | typeof exportQuality
  /** What is in it, read aloud only: there are several such buttons. */
  what: string
}

/** Saves something of a meeting as a file for spreadsheets. */
export function CsvButton({ route, id, what }: CsvButtonProps) {
  const { rest } = useAccount()
  const toast = useToast()

  async function download(): Promise<void> {
    try {
      const csv = await rest.call(route, { params: { id } })
      saveFile(new Blob([csv], { type: 'text/csv' }), route.filename)
    } catch (error) {
      toast(failureText(toFailure(error)), 'error')
    }
  }

  return (
    <Button look="secondary" onClick={() => void download()}>
      <Download aria-hidden className="size-5" />
      {detailText.download}
      <span className="sr-only">{detailText.downloadOf(what)}</span>
    </Button>
  )
}
