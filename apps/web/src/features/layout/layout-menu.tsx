import { LayoutGrid, type LucideIcon, UserSquare } from 'lucide-react'
import { useAppDispatch } from '../../store/hooks.ts'
import { layoutChanged, type OwnLayout } from '../../store/ui-slice.ts'
import { MenuItem } from '../../ui/menu-item.tsx'
import { Menu } from '../../ui/menu.tsx'
import { LayoutControl } from './layout-control.tsx'
import { layoutText } from './text.ts'
import { useStageView } from './use-stage-view.ts'

const MODES: readonly (readonly [OwnLayout['mode'], LucideIcon])[] = [
  ['grid', LayoutGrid],
  ['speaker', UserSquare],
]

/** Chooses how one sees the stage, unless one follows somebody. Comes open, as it is loaded when it is asked for. */
export function LayoutMenu() {
  const dispatch = useAppDispatch()
  const { mode, following } = useStageView()
  return (
    <Menu label={layoutText.title} startsOpen Button={LayoutControl}>
      {following === null ? null : (
        <p className="px-3 py-2 text-sm text-soft">{layoutText.following(following)}</p>
      )}
      {MODES.map(([choice, icon]) => (
        <MenuItem
          key={choice}
          icon={icon}
          checked={choice === mode}
          disabled={following !== null}
          onSelect={() => dispatch(layoutChanged({ mode: choice }))}
        >
          {layoutText[choice]}
        </MenuItem>
      ))}
    </Menu>
  )
}
