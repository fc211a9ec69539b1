import type { Capability } from '@video-meet/protocol'
import { useAppSelector } from '../store/hooks.ts'
import type { PersonView } from '../store/meeting-slice.ts'

/** The person at this browser, as the others see them. */
export function useMe(): PersonView | undefined {
  return useAppSelector(({ meeting }) => meeting.people.find(({ isLocal }) => isLocal))
}

/** Whether the person may do something at this moment. */
export function useMay(capability: Capability): boolean {
  return useMe()?.may.includes(capability) ?? false
}
