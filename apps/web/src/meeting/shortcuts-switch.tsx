import { useHabit } from '../store/use-habit.ts'
import { SwitchRow } from '../ui/switch-row.tsx'
import { shortcutsText } from './shortcuts-text.ts'

/** Single-key shortcuts get in the way of speech input and some hands: they can be switched off. */
export function ShortcutsSwitch() {
  const [on, change] = useHabit('shortcuts')
  return <SwitchRow label={shortcutsText.enabled} on={on} onChange={change} />
}
