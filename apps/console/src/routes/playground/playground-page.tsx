import { Button } from '@llmops/ui';
import { useQuery } from '@tanstack/react-query';
import { Eraser, SlidersHorizontal } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useProject } from '../../api/current-user.ts';
import { QueryError } from '../../api/query-error.tsx';
import { chatModelsQuery } from '../../api/served-models.ts';
import { knowledgeBasesQuery } from '../knowledge/knowledge-queries.ts';
import { Composer } from './composer.tsx';
import { Conversation } from './conversation.tsx';
import { useSettings } from './settings.ts';
import { SettingsPanel } from './settings-panel.tsx';
import { useChat } from './use-chat.ts';

export function PlaygroundPage() {
  const project = useProject();
  const [settings, setSettings] = useSettings();
  const models = useQuery(chatModelsQuery(project.id));
  const knowledgeBases = useQuery(knowledgeBasesQuery(project.id));
  const chat = useChat(project.id, settings);
  const [panelOpen, setPanelOpen] = useState(false);
  const known = models.data?.some((model) => model.id === settings.model);
  const first = models.data?.[0]?.id;
  useEffect(() => {
    if (models.data && !known) setSettings((current) => ({ ...current, model: first ?? '' }));
  }, [models.data, known, first, setSettings]);
  const isGone =
    knowledgeBases.data !== undefined &&
    settings.knowledgeBase !== '' &&
    !knowledgeBases.data.some(({ id }) => id === settings.knowledgeBase);
  // Remembered from before it was deleted, or from another project.
  useEffect(() => {
    if (isGone) setSettings((current) => ({ ...current, knowledgeBase: '' }));
  }, [isGone, setSettings]);
  return (
    <div className="flex h-full min-h-0 flex-col">
      <title>Playground · llmops</title>
      <header className="flex h-12 shrink-0 items-center justify-between gap-3 border-b border-line px-4 lg:px-6">
        <h1 className="text-lg font-semibold tracking-tight">Playground</h1>
        <div className="flex min-w-0 items-center gap-2">
          <span className="truncate font-mono text-xs text-muted lg:hidden">{settings.model}</span>
          <Button variant="ghost" disabled={chat.turns.length === 0} onClick={chat.clear}>
            <Eraser className="size-3.5" aria-hidden />
            Clear
          </Button>
          <Button
            className="lg:hidden"
            icon
            aria-label="Settings"
            aria-expanded={panelOpen}
            onClick={() => setPanelOpen(!panelOpen)}
          >
            <SlidersHorizontal className="size-3.5" />
          </Button>
        </div>
      </header>
      <div className="flex min-h-0 flex-1 flex-col lg:flex-row-reverse">
        <aside
          aria-label="Settings"
          className={`scroll-thin max-h-[55dvh] shrink-0 overflow-y-auto border-line bg-surface p-4 max-lg:border-b lg:block lg:max-h-none lg:w-72 lg:border-l ${panelOpen ? 'block' : 'hidden'}`}
        >
          <SettingsPanel
            settings={settings}
            onChange={setSettings}
            models={models.data}
            knowledgeBases={knowledgeBases.data}
          />
        </aside>
        <div className="flex min-h-0 min-w-0 flex-1 flex-col">
          {models.error && (
            <div className="p-4">
              <QueryError error={models.error} onRetry={() => void models.refetch()} />
            </div>
          )}
          <Conversation
            project={project.id}
            turns={chat.turns}
            hasModels={models.data === undefined || models.data.length > 0}
          />
          <Composer
            disabled={settings.model === ''}
            isStreaming={chat.isStreaming}
            onSend={(text) => void chat.send(text)}
            onStop={chat.stop}
          />
        </div>
      </div>
    </div>
  );
}
