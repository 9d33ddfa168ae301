import { useEffect, useState } from 'react';

/** As typed into the form; empty means the model's own default. */
export interface PlaygroundSettings {
  model: string;
  system: string;
  temperature: string;
  maxTokens: string;
  /** One sequence a line. */
  stop: string;
  /** Whose documents the answer is to come from; empty for none. */
  knowledgeBase: string;
}

const key = 'llmops.playground';
const defaults: PlaygroundSettings = {
  model: '',
  system: '',
  temperature: '',
  maxTokens: '512',
  stop: '',
  knowledgeBase: '',
};

function load(): PlaygroundSettings {
  try {
    return { ...defaults, ...(JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<PlaygroundSettings>) };
  } catch {
    return defaults;
  }
}

/** The settings, remembered in this browser. */
export function useSettings() {
  const [settings, setSettings] = useState(load);
  useEffect(() => localStorage.setItem(key, JSON.stringify(settings)), [settings]);
  return [settings, setSettings] as const;
}
