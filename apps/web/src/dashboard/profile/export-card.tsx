import { exportMe } from '@video-meet/protocol'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { failureText, toFailure } from '../../lib/failure-text.ts'
import { saveFile } from '../../lib/save-file.ts'
import { useAccount } from '../../store/account-context.tsx'
import { useToast } from '../../store/use-toast.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { profileText } from './text.ts'

const words = profileText.data

/** Hands over everything that is kept about the person. */
export function ExportCard() {
  const { rest } = useAccount()
  const toast = useToast()
  const [busy, setBusy] = useState(false)

  async function download(): Promise<void> {
    setBusy(true)
    try {
      const json = JSON.stringify(await rest.call(exportMe, {}), null, 2)
      saveFile(new Blob([json], { type: 'application/json' }), words.filename)
    } catch (error) {
      toast(failureText(toFailure(error)), 'error')
    } finally {
      setBusy(false)
    }
  }

  return (
    <Card title={words.title} description={words.hint}>
      <Button look="secondary" aria-disabled={busy} onClick={() => (busy ? undefined : void download())}>
        {busy ? <Spinner /> : <Download aria-hidden className="size-5" />}
        {words.download}
      </Button>
    </Card>
  )
}
