import { useState } from 'react'
import { useStore } from '../../lib/use-store.ts'
import { useRoom } from '../../room/room-context.tsx'
import { useAppSelector } from '../../store/hooks.ts'
import { type StageView, stageView } from './stage-view.ts'

/** How this person sees the stage. */
export function useStageView(): StageView {
  const { features, activeSpeaker, localParticipant } = useRoom()
  const common = useStore(features.layout.state)
  const speaking = useStore(activeSpeaker)
  const own = useAppSelector(({ ui }) => ui.layout)
  const people = useAppSelector(({ meeting }) => meeting.people)
  const [speaker, setSpeaker] = useState(speaking)
  // While one speaks oneself, the others stay as they are.
  if (speaking !== null && speaking !== localParticipant.id && speaking !== speaker) setSpeaker(speaking)
  return stageView({ own, common, people, speaker: speaker === localParticipant.id ? null : speaker })
}
