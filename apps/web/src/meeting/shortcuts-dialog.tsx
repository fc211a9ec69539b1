import { handsText } from '../features/hands/text.ts'
import { Dialog } from '../ui/dialog.tsx'
import { panels } from './panels.ts'
import { SHORTCUT } from './shortcut-keys.ts'
import { ShortcutsSwitch } from './shortcuts-switch.tsx'
import { shortcutsText } from './shortcuts-text.ts'

const ROWS: readonly (readonly [key: string, meaning: string])[] = [
  [SHORTCUT.microphone, shortcutsText.microphone],
  ['Space', shortcutsText.talk],
  [SHORTCUT.camera, shortcutsText.camera],
  [SHORTCUT.share, shortcutsText.share],
  [SHORTCUT.hand, handsText.shortcut],
  ...panels.map(({ shortcut, title }) => [shortcut, shortcutsText.panel(title)] as const),
  [SHORTCUT.help, shortcutsText.help],
  ['Esc', shortcutsText.closeAny],
]

/** The keys and what they do. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={shortcutsText.title} onClose={onClose}>
      <p className="text-sm text-soft">{shortcutsText.intro}</p>
      <dl className="mt-3 divide-y divide-line">
        {ROWS.map(([key, meaning]) => (
          <div key={key} className="flex items-center justify-between gap-4 py-2.5 text-[0.9375rem]">
            <dt>{meaning}</dt>
            <dd>
              <kbd className="inline-flex min-w-8 justify-center rounded-lg border border-line bg-sunken px-2 py-1 font-sans text-sm font-medium">
                {key.length === 1 ? key.toUpperCase() : key}
              </kbd>
            </dd>
          </div>
        ))}
      </dl>
      <div className="mt-2 border-t border-line pt-3">
        <ShortcutsSwitch />
      </div>
    </Dialog>
  )
}
