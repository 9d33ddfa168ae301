import { Page } from '../../shell/page.tsx';

export function KnowledgeBasePage() {
  return (
    <Page title="Knowledge">
      <p>…</p>
    </Page>
  );
}
