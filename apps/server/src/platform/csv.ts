/** Spreadsheets read it as UTF-8 then. */
const BYTE_ORDER_MARK = '\ufeff'

/** Lines as CSV (RFC 4180) in which no spreadsheet finds a formula. */
export function csvOf(lines: readonly (readonly string[])[]): string {
  return BYTE_ORDER_MARK + lines.map((line) => `${line.map(cell).join(',')}\r\n`).join('')
}

/** What spreadsheets take for the beginning of a formula; the wide ones do so in East Asia. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/

function cell(text: string): string {
  const inert = FORMULA.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert
}
