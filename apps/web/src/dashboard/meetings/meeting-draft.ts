import { useEffect } from 'react'
import type { FormValues } from '../../ui/form/use-form.ts'

const KEY = 'video-meet.meeting-draft'
/** Never kept: it would stand in the browser in the clear. */
const SECRETS = new Set(['password'])

/** What was typed before, as far as the form still has such fields. */
export function readDraft<Values extends FormValues>(values: Values): Partial<Values> {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? '{}')
    if (typeof kept !== 'object' || kept === null) return {}
    const fitting = Object.entries(kept).filter(
      ([name, value]) => name in values && typeof value === typeof values[name],
    )
    return Object.fromEntries(fitting) as Partial<Values>
  } catch {
    return {}
  }
}

/** Keeps what is typed for this tab, so that neither a reload nor a wrong click loses it. */
export function useDraft(values: FormValues, isKept: boolean): void {
  useEffect(() => {
    if (!isKept) return
    const safe = Object.entries(values).filter(([name]) => !SECRETS.has(name))
    try {
      sessionStorage.setItem(KEY, JSON.stringify(Object.fromEntries(safe)))
    } catch {
      // Storage is switched off or full: then a reload loses it.
    }
  }, [values, isKept])
}

export function clearDraft(): void {
  try {
    sessionStorage.removeItem(KEY)
  } catch {
    // There is none either.
  }
}
