import { Page } from '../../shell/page.tsx';

export function DocumentPage() {
  return (
    <Page title="Knowledge">
      <p>…</p>
    </Page>
  );
}
