import { runUntilSignal } from '@llmops/platform';
import { createApp } from './app.ts';
import { serveConfig } from './config.ts';

runUntilSignal(createApp(serveConfig()));
