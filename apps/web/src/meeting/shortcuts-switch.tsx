import { writePreference } from '../lib/preferences.ts'
import { useAppDispatch, useAppSelector } from '../store/hooks.ts'
import { shortcutsSwitched } from '../store/ui-slice.ts'
import { shortcutsText } from './text.ts'

/** Single-key shortcuts get in the way of speech input and some hands: they can be switched off. */
export function ShortcutsSwitch() {
  const dispatch = useAppDispatch()
  const on = useAppSelector((state) => state.ui.shortcutsOn)
  return (
    <label className="flex min-h-11 items-center justify-between gap-4 text-[0.9375rem]">
      {shortcutsText.enabled}
      <input
        type="checkbox"
        role="switch"
        aria-checked={on}
        checked={on}
        onChange={({ target }) => {
          dispatch(shortcutsSwitched(target.checked))
          writePreference('shortcuts', target.checked ? 'on' : 'off')
        }}
        className="relative h-6 w-11 shrink-0 cursor-pointer appearance-none rounded-full bg-line-strong transition-colors before:absolute before:top-0.5 before:left-0.5 before:size-5 before:rounded-full before:bg-white before:transition-transform checked:bg-accent checked:before:translate-x-5 checked:before:bg-accent-ink"
      />
    </label>
  )
}
