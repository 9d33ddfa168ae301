import type { Dataset } from '@llmops/contracts/data/v1/dataset';
import { allPages } from '../../api/all-pages.ts';
import type { Connection } from '../../api/connect.ts';
import { CliError } from '../../settings.ts';

export const listDatasets = ({ llmops, project }: Connection): AsyncGenerator<Dataset> =>
  allPages(
    (pageToken) => llmops.datasets.listDatasets({ project, pageSize: 200, pageToken }),
    ({ datasets }) => datasets,
  );

/** By id, or by a name that is the only one of its kind. */
export async function findDataset(connection: Connection, idOrName: string): Promise<Dataset> {
  const { llmops, project } = connection;
  if (idOrName.startsWith('ds_')) return llmops.datasets.getDataset({ project, dataset: idOrName });
  const named: Dataset[] = [];
  for await (const one of listDatasets(connection)) if (one.displayName === idOrName) named.push(one);
  if (named.length === 1) return named[0]!;
  throw new CliError(
    named.length === 0
      ? `There is no dataset named "${idOrName}"; "llmops dataset list" shows them.`
      : `Several datasets are named "${idOrName}": give an id, ${named.map(({ id }) => id).join(' or ')}.`,
  );
}

/** As {@link findDataset}; with `mayCreate` a name that is not there yet becomes a dataset. */
export async function datasetFor(
  connection: Connection,
  idOrName: string,
  mayCreate: boolean,
): Promise<Pick<Dataset, 'id'>> {
  try {
    return await findDataset(connection, idOrName);
  } catch (error) {
    const isAbsent = error instanceof CliError && error.message.startsWith('There is no');
    if (!mayCreate || !isAbsent) throw error;
    return connection.llmops.datasets.createDataset({ project: connection.project, displayName: idOrName });
  }
}
