import { Command } from 'commander';
import { diffCommand } from './diff.ts';
import { exportCommand } from './export.ts';
import { fromTracesCommand } from './from-traces.ts';
import { importCommand } from './import.ts';
import { listDatasetsCommand } from './list.ts';
import { rowsCommand } from './rows.ts';
import { tagCommand } from './tag.ts';
import { validateCommand } from './validate.ts';
import { versionsCommand } from './versions.ts';

export const datasetCommand = (): Command =>
  new Command('dataset')
    .description('tables of rows, with versions that never change')
    .addCommand(listDatasetsCommand())
    .addCommand(importCommand())
    .addCommand(fromTracesCommand())
    .addCommand(versionsCommand())
    .addCommand(rowsCommand())
    .addCommand(diffCommand())
    .addCommand(validateCommand())
    .addCommand(tagCommand())
    .addCommand(exportCommand());
