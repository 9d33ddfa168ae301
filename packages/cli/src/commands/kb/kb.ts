import { Command } from 'commander';
import { addDocumentsCommand } from './add.ts';
import { createKnowledgeBaseCommand } from './create.ts';
import { deleteKnowledgeBaseCommand } from './delete.ts';
import { documentsCommand } from './documents.ts';
import { evaluateCommand } from './evaluate.ts';
import { activateCommand, buildCommand, indexesCommand, probeCommand, rollbackCommand } from './indexes.ts';
import { listKnowledgeBasesCommand } from './list.ts';
import { searchCommand } from './search.ts';

export const kbCommand = (): Command =>
  new Command('kb')
    .description('knowledge bases: documents that answers cite')
    .addCommand(listKnowledgeBasesCommand())
    .addCommand(createKnowledgeBaseCommand())
    .addCommand(addDocumentsCommand())
    .addCommand(documentsCommand())
    .addCommand(searchCommand())
    .addCommand(indexesCommand())
    .addCommand(buildCommand())
    .addCommand(activateCommand())
    .addCommand(rollbackCommand())
    .addCommand(probeCommand())
    .addCommand(evaluateCommand())
    .addCommand(deleteKnowledgeBaseCommand());
