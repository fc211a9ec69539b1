import { LayoutGrid } from 'lucide-react'
import { ControlButton } from '../../room/control-button.tsx'
import type { MenuButtonProps } from '../../ui/menu.tsx'
import { layoutText } from './text.ts'

/** The button of the menu, as the control bar shows it. */
export function LayoutControl(props: MenuButtonProps) {
  return <ControlButton label={layoutText.title} icon={LayoutGrid} {...props} />
}
