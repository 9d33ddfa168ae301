import { Card, Tabs } from '@llmops/ui';
import { getRouteApi } from '@tanstack/react-router';
import { Page } from '../../shell/page.tsx';
import { Catalogue } from './catalogue.tsx';
import { Providers } from './providers.tsx';

const route = getRouteApi('/app/p/$project/models');

export function ModelsPage() {
  const { tab = 'catalogue' } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page title="Models" description="Weights that run here, and servers elsewhere that speak the OpenAI API.">
      <Card flush>
        <Tabs
          label="Models"
          value={tab}
          onChange={(next) => void navigate({ search: next === 'providers' ? { tab: next } : {}, replace: true })}
          items={[
            { id: 'catalogue', label: 'Catalogue', content: <Catalogue /> },
            { id: 'providers', label: 'Providers', content: <Providers /> },
          ]}
        />
      </Card>
    </Page>
  );
}
