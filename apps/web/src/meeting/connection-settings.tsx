import type { QualityChoice } from '@video-meet/client'
import { Gauge } from 'lucide-react'
import { useStore } from '../lib/use-store.ts'
import { useRoom } from '../room/room-context.tsx'
import { useHabit } from '../store/use-habit.ts'
import { SelectField } from '../ui/select-field.tsx'
import { SwitchRow } from '../ui/switch-row.tsx'
import { topologyText } from './topology-text.ts'

const CHOICES = Object.entries(topologyText.quality).map(([value, label]) => ({ value, label }))

/** How much of the network pictures may take, and whether others may be connected to directly. */
export function ConnectionSettings() {
  const room = useRoom()
  const quality = useStore(room.quality)
  const [direct, setDirect] = useHabit('direct')
  return (
    <div className="grid gap-4">
      <SelectField
        label={topologyText.pictures}
        icon={Gauge}
        options={CHOICES}
        value={quality}
        emptyText=""
        onChange={(value) => room.setQuality(value as QualityChoice)}
      />
      <p className="text-sm text-soft">{topologyText.picturesAbout}</p>
      <SwitchRow
        label={topologyText.connectDirectly}
        description={topologyText.connectDirectlyAbout}
        on={direct}
        onChange={setDirect}
      />
    </div>
  )
}
