import { apiCommand, type ConnectOptions, connect } from '../../api/connect.ts';
import { findDataset } from './find-dataset.ts';

export const tagCommand = () =>
  apiCommand('tag')
    .description('name a version; the tag moves here from where it was')
    .argument('<dataset>', 'id or name')
    .argument('<version>', 'id, number or tag')
    .argument('<tag>')
    .option('--remove', 'take the tag away instead')
    .action(async (idOrName: string, version: string, tag: string, options: ConnectOptions & { remove?: boolean }) => {
      const connection = await connect(options);
      const { llmops, project } = connection;
      const { id: dataset } = await findDataset(connection, idOrName);
      const remove = options.remove === true;
      const tagged = await llmops.datasets.tagVersion({ project, dataset, version, tag, remove });
      console.log(`version ${tagged.number}: ${tagged.tags.join(', ') || 'no tags'}`);
    });
