import { Pin } from 'lucide-react'
import { classNames } from '../../lib/class-names.ts'
import { useAppDispatch, useAppSelector } from '../../store/hooks.ts'
import type { PersonView } from '../../store/meeting-slice.ts'
import { layoutChanged } from '../../store/ui-slice.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { layoutText } from './text.ts'
import { useStageView } from './use-stage-view.ts'

/** Keeps somebody large for oneself. Shows when one points at the tile, or has pinned it; not to who follows a leader. */
export function PinButton({ person: { id, name } }: { person: PersonView }) {
  const dispatch = useAppDispatch()
  const pinned = useAppSelector(({ ui }) => ui.layout.pinned === id)
  if (useStageView().following !== null) return null
  return (
    <IconButton
      label={pinned ? layoutText.unpin(name) : layoutText.pin(name)}
      icon={Pin}
      aria-pressed={pinned}
      onClick={() => dispatch(layoutChanged({ pinned: pinned ? null : id }))}
      colors={
        pinned ? 'bg-accent text-accent-ink hover:bg-accent-hover' : 'bg-black/65 text-white hover:bg-black'
      }
      className={classNames(
        'absolute top-1 right-1 focus-visible:opacity-100',
        !pinned && 'opacity-0 group-hover/tile:opacity-100 pointer-coarse:opacity-70',
      )}
    />
  )
}
