import type { QualityChoice } from '@video-meet/client'
import { Gauge, TriangleAlert } from 'lucide-react'
import { useStore } from '../lib/use-store.ts'
import { useRoom } from '../room/room-context.tsx'
import { useHabit } from '../store/use-habit.ts'
import { SelectField } from '../ui/select-field.tsx'
import { SwitchRow } from '../ui/switch-row.tsx'
import { connectionSettingsText as words } from './connection-settings-text.ts'
import { type SavingWish, useSavingWish } from './saving/saving-wish.ts'
import { savingText } from './saving/text.ts'

const CHOICES = Object.entries(words.quality).map(([value, label]) => ({ value, label }))
const WISHES = Object.entries(savingText.wishes).map(([value, label]) => ({ value, label }))

/** How much of the network pictures may take, and whether others may be connected to directly. */
export function ConnectionSettings() {
  const room = useRoom()
  const quality = useStore(room.quality)
  const [wish, setWish] = useSavingWish()
  const [direct, setDirect] = useHabit('direct')
  return (
    <div className="grid gap-4">
      <SelectField
        label={words.pictures}
        icon={Gauge}
        options={CHOICES}
        value={quality}
        emptyText=""
        onChange={(value) => room.setQuality(value as QualityChoice)}
      />
      <p className="text-sm text-soft">{words.picturesAbout}</p>
      <SelectField
        label={savingText.wish}
        icon={TriangleAlert}
        options={WISHES}
        value={wish}
        emptyText=""
        onChange={(value) => setWish(value as SavingWish)}
      />
      <p className="text-sm text-soft">{savingText.wishAbout}</p>
      <SwitchRow
        label={words.connectDirectly}
        description={words.connectDirectlyAbout}
        on={direct}
        onChange={setDirect}
      />
    </div>
  )
}
