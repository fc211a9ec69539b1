import { describe, expect, it } from 'vitest'
import { fillMarkers, pageAt } from './page.ts'

describe('pageAt', () => {
  it('names the landing page', () => {
    expect(pageAt('/')).toMatchObject({ title: 'Video Meet', listed: true })
  })

  it('says the same of every meeting, and keeps it out of search engines', () => {
    const page = pageAt('/meeting/abcd-efghjk-mnpq')
    expect(page).toMatchObject({ title: 'Join the meeting · Video Meet', listed: false })
    expect(pageAt('/meeting/no-such-meeting')).toEqual(page)
    expect(JSON.stringify(page)).not.toContain('abcd')
  })
})

describe('fillMarkers', () => {
  it('fills every marker with text that cannot become markup', () => {
    const html = '<title>{{title}}</title><meta content="{{title}}">'
    expect(fillMarkers(html, { title: `</title><script>alert('"$&"')</script>` })).toBe(
      '<title>&lt;/title&gt;&lt;script&gt;alert(&#39;&quot;$&amp;&quot;&#39;)&lt;/script&gt;</title>' +
        '<meta content="&lt;/title&gt;&lt;script&gt;alert(&#39;&quot;$&amp;&quot;&#39;)&lt;/script&gt;">',
    )
  })

  it('does not fill markers that stand in a value', () => {
    expect(fillMarkers('{{a}}', { a: '{{b}}', b: 'x' })).toBe('{{b}}')
  })

  it('leaves unknown markers alone', () => {
    expect(fillMarkers('{{other}} {{constructor}}', { title: 'x' })).toBe('{{other}} {{constructor}}')
  })
})
