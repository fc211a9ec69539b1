/** A letter without its subject. */
export interface Letter {
  readonly text: string
  readonly html: string
}

export interface LetterParts {
  readonly title: string
  /** Lines in them stay lines. */
  readonly paragraphs: readonly string[]
  readonly facts?: readonly (readonly [label: string, value: string])[]
  /** An address of http or https. */
  readonly button?: { readonly label: string; readonly url: string }
  /** Small, at the end. */
  readonly note?: string
  /** Who caused the email, and on which server. */
  readonly footer?: string
}

const DEFAULT_FOOTER = 'Sent by Video Meet'

const FONT = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
const ACCENT = '#1d4ed8'

/** What inline styles cannot say: the colours for people who read in the dark. */
const DARK = `
    @media (prefers-color-scheme: dark) {
      .page { background: #111827 !important }
      .card { background: #1f2937 !important; border-color: #374151 !important }
      .ink { color: #f3f4f6 !important }
      .pale { color: #b6bec9 !important }
      .link { color: #93c5fd !important }
    }`

/** A letter as plain text and as HTML that loads nothing; all that is handed in is text, none of it markup. */
export function letter(parts: LetterParts): Letter {
  if (parts.button && !/^https?:\/\//.test(parts.button.url))
    throw new Error('The address of a button in a letter has to be one of http or https.')
  return { text: asText(parts), html: asHtml(parts) }
}

function asText({ title, paragraphs, facts = [], button, note, footer }: LetterParts): string {
  const blocks = [
    `${title}\n${'='.repeat(Math.min(title.length, 60))}`,
    ...paragraphs,
    facts.map(([label, value]) => `${label}: ${value}`).join('\n'),
    button ? `${button.label}:\n${button.url}` : '',
    signatureOf([note, footer]),
  ]
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`
}

/** Line that mail programs take for the start of a signature. */
function signatureOf(lines: readonly (string | undefined)[]): string {
  const given = lines.filter((line) => line !== undefined && line !== '')
  return given.length === 0 ? '' : `-- \n${given.join('\n\n')}`
}

function asHtml({
  title,
  paragraphs,
  facts = [],
  button,
  note,
  footer = DEFAULT_FOOTER,
}: LetterParts): string {
  const body = [
    `<h1 class="ink" style="margin:0 0 16px;font-size:22px;line-height:1.3;font-weight:600;color:#111827">${escape(title)}</h1>`,
    ...paragraphs.map((text) => paragraph(text, 'ink', 'margin:0 0 16px;font-size:16px;color:#111827')),
    factTable(facts),
    button ? buttonWithAddress(button) : '',
    note ? paragraph(note, 'pale', 'margin:24px 0 0;font-size:14px;color:#4b5563') : '',
  ].filter((part) => part !== '')
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <meta name="color-scheme" content="light dark">
    <meta name="supported-color-schemes" content="light dark">
    <title>${escape(title)}</title>
    <style>${DARK}
    </style>
  </head>
  <body class="page" style="margin:0;padding:24px 12px;background:#f3f4f6;${FONT}">
    <div class="card" role="article" style="max-width:560px;margin:0 auto;padding:32px 28px;background:#ffffff;border:1px solid #e5e7eb;border-radius:12px;overflow-wrap:anywhere">
      ${body.join('\n      ')}
    </div>
    <p class="pale" style="max-width:560px;margin:16px auto 0;font-size:13px;line-height:1.5;text-align:center;color:#4b5563">${escape(footer)}</p>
  </body>
</html>
`
}

function paragraph(text: string, className: string, style: string): string {
  const lines = escape(text).replaceAll(/\r\n?|\n/g, '<br>')
  return `<p class="${className}" style="${style};line-height:1.5">${lines}</p>`
}

function factTable(facts: NonNullable<LetterParts['facts']>): string {
  if (facts.length === 0) return ''
  const cell = 'padding:4px 0;font-size:16px;line-height:1.5;text-align:left;vertical-align:top'
  const rows = facts.map(
    ([label, value]) =>
      `<tr><th scope="row" class="pale" style="${cell};padding-right:16px;font-weight:400;white-space:nowrap;color:#4b5563">${escape(label)}</th>` +
      `<td class="ink" style="${cell};color:#111827">${escape(value)}</td></tr>`,
  )
  return `<table style="margin:0 0 16px;border-collapse:collapse">${rows.join('')}</table>`
}

/** The address stands below once more, for clients that show no links. */
function buttonWithAddress({ label, url }: NonNullable<LetterParts['button']>): string {
  const address = escape(url)
  return (
    `<p style="margin:24px 0 12px"><a href="${address}" style="display:inline-block;padding:12px 22px;background:${ACCENT};border-radius:8px;` +
    `font-size:16px;font-weight:600;text-decoration:none;color:#ffffff">${escape(label)}</a></p>\n      ` +
    `<p class="pale" style="margin:0;font-size:13px;line-height:1.5;color:#4b5563">Or open this address:<br>` +
    `<a class="link" href="${address}" style="color:${ACCENT}">${address}</a></p>`
  )
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
}
