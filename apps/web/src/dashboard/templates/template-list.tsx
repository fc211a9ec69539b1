import type { Template } from '@video-meet/protocol'
import { useState } from 'react'
import { templatesApi } from '../../store/api/templates-api.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TemplateForm } from './template-form.tsx'
import { templateText } from './text.ts'

/** Templates, with what may be done to each. */
export function TemplateList({ templates }: { templates: readonly Template[] }) {
  return (
    <ul className="divide-y divide-line rounded-card border border-line bg-surface px-5">
      {templates.map((template) => (
        <TemplateRow key={template.id} template={template} />
      ))}
    </ul>
  )
}

function TemplateRow({ template }: { template: Template }) {
  const [asking, setAsking] = useState<'edit' | 'delete' | null>(null)
  const close = () => setAsking(null)
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-4">
      <div className="min-w-0 flex-1 basis-60">
        <p className="flex flex-wrap items-center gap-2">
          <span dir="auto" className="font-medium break-words">
            {template.name}
          </span>
          <Badge tone={template.kind === 'personal' ? 'accent' : 'plain'}>
            {templateText.kinds[template.kind]}
          </Badge>
        </p>
        <p dir="auto" className="mt-0.5 text-sm text-pretty text-soft">
          {[templateText.minutes(template.durationMinutes), template.description].filter(Boolean).join(' · ')}
        </p>
      </div>
      {template.editable ? (
        <div className="flex gap-2">
          <Button
            look="secondary"
            aria-label={templateText.editOf(template.name)}
            onClick={() => setAsking('edit')}
          >
            {templateText.edit}
          </Button>
          <Button
            look="quiet"
            aria-label={templateText.removeOf(template.name)}
            onClick={() => setAsking('delete')}
          >
            {templateText.remove}
          </Button>
        </div>
      ) : null}
      {asking === 'edit' ? <EditDialog template={template} onClose={close} /> : null}
      {asking === 'delete' ? <DeleteDialog template={template} onClose={close} /> : null}
    </li>
  )
}

interface RowDialogProps {
  template: Template
  onClose: () => void
}

function EditDialog({ template, onClose }: RowDialogProps) {
  const kind = template.kind === 'organisation' ? 'organisation' : 'personal'
  return (
    <Dialog wide holdsForm title={templateText.editTitle(template.name)} onClose={onClose}>
      <TemplateForm template={template} kind={kind} onDone={onClose} />
    </Dialog>
  )
}

function DeleteDialog({ template, onClose }: RowDialogProps) {
  const [remove] = templatesApi.useDeleteTemplateMutation()
  return (
    <ConfirmDialog
      title={templateText.removeTitle(template.name)}
      action={templateText.removeAction}
      onConfirm={() => remove({ params: { id: template.id } }).unwrap()}
      onClose={onClose}
    >
      {templateText.removeBody}
    </ConfirmDialog>
  )
}
