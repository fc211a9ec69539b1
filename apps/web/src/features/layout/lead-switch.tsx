import { useRoom } from '../../room/room-context.tsx'
import { SwitchRow } from '../../ui/switch-row.tsx'
import { useLeading } from './use-leading.ts'

interface LeadSwitchProps {
  /** Sends a request and says if it was refused. */
  attempt: (request: () => Promise<void>) => void
}

/** Lets everyone see the stage as this person does. */
export function LeadSwitch({ attempt }: LeadSwitchProps) {
  const feature = useRoom().features.layout
  const { leading, layout } = useLeading()
  return (
    <SwitchRow
      label="Everyone follows my layout"
      on={leading}
      onChange={(on) => attempt(() => feature.lead(on ? layout : null))}
    />
  )
}
