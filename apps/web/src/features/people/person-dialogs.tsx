import { useRoom } from '../../room/room-context.tsx'
import type { PersonView } from '../../store/meeting-slice.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { BanDialog } from './ban-dialog.tsx'
import { personText } from './person-text.ts'
import { RemoveDialog } from './remove-dialog.tsx'
import { RenameDialog } from './rename-dialog.tsx'
import type { AskedAction } from './use-person-actions.ts'

export interface PersonDialogProps {
  person: PersonView
  onClose: () => void
}

const DIALOGS = {
  rename: RenameDialog,
  remove: RemoveDialog,
  ban: BanDialog,
  makeHost: MakeHostDialog,
} as const

/** Asks what there is to ask before something is done to somebody. */
export function PersonDialog({ asking, ...props }: PersonDialogProps & { asking: AskedAction }) {
  const Asking = DIALOGS[asking]
  return <Asking {...props} />
}

function MakeHostDialog({ person, onClose }: PersonDialogProps) {
  const { features, participants } = useRoom()
  return (
    <ConfirmDialog
      title={personText.makeHostTitle(person.name)}
      action={personText.makeHost}
      onConfirm={async () => {
        const subject = participants.get().find(({ id }) => id === person.id)
        if (subject) await features.moderation.giveRole(subject.id, 'host')
      }}
      onClose={onClose}
    >
      {personText.makeHostBody(person.name)}
    </ConfirmDialog>
  )
}
