import { runUntilSignal } from '@llmops/platform';
import { createApp } from './app.ts';
import { migrateConfig, serveConfig } from './config.ts';
import { migrateDatabase } from './db/migrate.ts';

const [, , command] = process.argv;
if (command === 'migrate') await migrateDatabase(migrateConfig());
else runUntilSignal(createApp(serveConfig()));
