import { runUntilSignal } from '@llmops/platform';
import { createApp } from './app.ts';
import { migrateConfig, serveConfig } from './config.ts';
import { migrateDatabase } from './db/migrate.ts';
import { ensureParser } from './parsing/index.ts';

const [, , command] = process.argv;
if (command === 'migrate') await migrateDatabase(migrateConfig());
// Fetches what reads documents, so that the first upload need not wait for it.
else if (command === 'prepare') await ensureParser();
else runUntilSignal(createApp(serveConfig()));
