import type { ReactNode } from 'react'
import { text } from '../../lib/text.ts'
import { Button } from '../button.tsx'
import { Dialog } from '../dialog.tsx'
import { Form, SubmitButton } from './form.tsx'
import type { Form as FormState, FormValues } from './use-form.ts'

interface FormDialogProps<Values extends FormValues> {
  form: FormState<Values>
  title: string
  /** Says what the button does. */
  action: string
  danger?: boolean
  onClose: () => void
  children: ReactNode
}

/** A dialog with a form of a few fields. */
export function FormDialog<Values extends FormValues>(props: FormDialogProps<Values>) {
  const { form, title, action, danger = false, onClose, children } = props
  return (
    <Dialog holdsForm title={title} onClose={onClose}>
      <Form form={form}>
        {children}
        <div className="flex flex-wrap justify-end gap-3 max-sm:flex-col-reverse">
          <Button look="secondary" onClick={onClose}>
            {text.cancel}
          </Button>
          <SubmitButton form={form} look={danger ? 'danger' : 'primary'}>
            {action}
          </SubmitButton>
        </div>
      </Form>
    </Dialog>
  )
}
