import { runUntilSignal } from '@llmops/platform';
import { createApp } from './app.ts';
import { bootstrapConfig, migrateConfig, serveConfig } from './config.ts';
import { migrateDatabase } from './db/migrate.ts';
import { runBootstrap } from './modules/bootstrap/index.ts';

const [, , command] = process.argv;
if (command === 'migrate') await migrateDatabase(migrateConfig());
else if (command === 'bootstrap') await runBootstrap(bootstrapConfig());
else runUntilSignal(createApp(serveConfig()));
