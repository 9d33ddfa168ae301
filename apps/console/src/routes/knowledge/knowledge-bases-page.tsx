import { Page } from '../../shell/page.tsx';

export function KnowledgeBasesPage() {
  return (
    <Page title="Knowledge">
      <p>…</p>
    </Page>
  );
}
