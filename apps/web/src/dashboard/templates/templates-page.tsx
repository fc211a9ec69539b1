import { LayoutTemplate } from 'lucide-react'
import { templatesApi } from '../../store/api/templates-api.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { PageHeading } from '../../ui/page-heading.tsx'
import { NewTemplate } from './new-template.tsx'
import { TemplateList } from './template-list.tsx'
import { templateText } from './text.ts'

/** The templates that the person can use: their own first. */
export function TemplatesPage() {
  const query = templatesApi.useTemplatesQuery()
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-6">
      <PageHeading
        title={templateText.title}
        description={templateText.lead}
        action={<NewTemplate kind="personal" />}
      />
      <Loaded query={query}>
        {({ items }) => {
          const own = items.filter(({ kind }) => kind === 'personal')
          const others = items.filter(({ kind }) => kind !== 'personal')
          return (
            <>
              {own.length > 0 ? (
                <TemplateList templates={own} />
              ) : (
                <EmptyState icon={LayoutTemplate} title={templateText.empty}>
                  {templateText.emptyHint}
                </EmptyState>
              )}
              {others.length > 0 ? <TemplateList templates={others} /> : null}
            </>
          )
        }}
      </Loaded>
    </div>
  )
}
