import { Pin, PinOff } from 'lucide-react'
import { classNames } from '../../lib/class-names.ts'
import { useAppDispatch, useAppSelector } from '../../store/hooks.ts'
import type { PersonView } from '../../store/meeting-slice.ts'
import { layoutChanged } from '../../store/ui-slice.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { layoutText } from './text.ts'

/** Keeps somebody large for oneself. Shows when one points at the tile, or has pinned it. */
export function PinButton({ person: { id, name } }: { person: PersonView }) {
  const dispatch = useAppDispatch()
  const pinned = useAppSelector(({ ui }) => ui.layout.pinned === id)
  return (
    <IconButton
      label={pinned ? layoutText.unpin(name) : layoutText.pin(name)}
      icon={pinned ? PinOff : Pin}
      onClick={() => dispatch(layoutChanged({ pinned: pinned ? null : id }))}
      className={classNames(
        'absolute top-1 right-1 bg-black/65 text-white focus-visible:opacity-100',
        !pinned && 'opacity-0 group-hover/tile:opacity-100 pointer-coarse:opacity-70',
      )}
    />
  )
}
