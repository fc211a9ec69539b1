import { Plus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TemplateForm } from './template-form.tsx'
import { templateText } from './text.ts'

/** The button that makes a template, and what it opens. */
export function NewTemplate({ kind }: { kind: 'personal' | 'organisation' }) {
  const [open, setOpen] = useState(false)
  const close = () => setOpen(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Plus aria-hidden className="size-5" />
        {templateText.create}
      </Button>
      {open ? (
        <Dialog wide holdsForm title={templateText.createTitle} onClose={close}>
          <TemplateForm template={undefined} kind={kind} onDone={close} />
        </Dialog>
      ) : null}
    </>
  )
}
