import type { KnowledgeBase } from '@llmops/contracts/retrieval/v1/knowledge_base';
import { Field, Input, Select, Textarea } from '@llmops/ui';
import type { Dispatch, SetStateAction } from 'react';
import type { ServedModel } from '../../api/served-models.ts';
import type { PlaygroundSettings } from './settings.ts';

interface SettingsPanelProps {
  settings: PlaygroundSettings;
  onChange: Dispatch<SetStateAction<PlaygroundSettings>>;
  models: ServedModel[] | undefined;
  knowledgeBases: KnowledgeBase[] | undefined;
}

export function SettingsPanel({ settings, onChange, models, knowledgeBases }: SettingsPanelProps) {
  const set = (key: keyof PlaygroundSettings) => (event: { target: { value: string } }) =>
    onChange((current) => ({ ...current, [key]: event.target.value }));
  return (
    <div className="flex flex-col gap-4">
      <Field label="Model">
        {(aria) => (
          <Select {...aria} className="w-full" value={settings.model} onChange={set('model')}>
            {models?.length === 0 && <option value="">No models</option>}
            {models?.map((model) => (
              <option key={model.id} value={model.id}>
                {model.id}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Answer from" hint="Documents that the answer cites.">
        {(aria) => (
          <Select {...aria} className="w-full" value={settings.knowledgeBase} onChange={set('knowledgeBase')}>
            <option value="">The model alone</option>
            {knowledgeBases?.map(({ id, displayName }) => (
              <option key={id} value={id}>
                {displayName}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="System prompt">
        {(aria) => (
          <Textarea
            {...aria}
            rows={5}
            placeholder="You are a helpful assistant."
            value={settings.system}
            onChange={set('system')}
          />
        )}
      </Field>
      <div className="grid grid-cols-2 gap-3">
        <Field label="Temperature">
          {(aria) => (
            <Input
              {...aria}
              type="number"
              min={0}
              max={2}
              step={0.1}
              placeholder="default"
              value={settings.temperature}
              onChange={set('temperature')}
            />
          )}
        </Field>
        <Field label="Max tokens">
          {(aria) => (
            <Input
              {...aria}
              type="number"
              min={1}
              step={1}
              placeholder="no limit"
              value={settings.maxTokens}
              onChange={set('maxTokens')}
            />
          )}
        </Field>
      </div>
      <Field label="Stop sequences" hint="One a line, at most four.">
        {(aria) => <Textarea {...aria} rows={2} className="font-mono" value={settings.stop} onChange={set('stop')} />}
      </Field>
    </div>
  );
}
