import { type ComponentType, useState } from 'react'
import { act } from '../../room/act.ts'
import { useAppDispatch } from '../../store/hooks.ts'
import { LayoutControl } from './layout-control.tsx'

/** Opens the choice of layouts, which is loaded when it is wanted for the first time. */
export function LayoutButton() {
  const dispatch = useAppDispatch()
  const [loaded, setLoaded] = useState<{ LayoutMenu: ComponentType } | null>(null)
  if (loaded !== null) return <loaded.LayoutMenu />
  return (
    <LayoutControl
      aria-haspopup="menu"
      aria-expanded={false}
      onClick={() => void act(dispatch, async () => setLoaded(await import('./layout-menu.tsx')))}
    />
  )
}
