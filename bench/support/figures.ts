export type Unit = 'ms' | '%' | ''

/** One thing that was measured, beside what it should be. */
export interface Figure {
  readonly what: string
  readonly value: number
  readonly unit: Unit
  /** The goal: at most this much. */
  readonly most?: number
}

export interface FaultResult {
  readonly fault: string
  readonly way: 'sfu' | 'direct'
  readonly figures: readonly Figure[]
}

export function isMet({ value, most }: Figure): boolean | null {
  return most === undefined ? null : value <= most
}

export function headOf({ fault, way }: FaultResult): string[] {
  return [`${fault}, ${way === 'sfu' ? 'through the server' : 'direct'}`, 'measured', 'goal', '']
}

/** One line per figure, as a table takes them. */
export function rowsOf({ figures }: FaultResult): string[][] {
  return figures.map((figure) => {
    const { what, value, unit, most } = figure
    const goal = most === undefined ? '' : `≤ ${shown(most, unit)}`
    const verdict = { true: 'met', false: 'missed', null: '' }[`${isMet(figure)}`]
    return [what, shown(value, unit), goal, verdict]
  })
}

function shown(value: number, unit: Unit): string {
  if (!Number.isFinite(value)) return 'never'
  const digits = unit === '%' ? 2 : 0
  return `${value.toFixed(digits)}${unit && ` ${unit}`}`
}
