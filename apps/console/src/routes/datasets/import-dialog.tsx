import type { Dataset } from '@llmops/contracts/data/v1/dataset';
import { Button, Dialog, DialogActions, Field, Input, Skeleton } from '@llmops/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { fieldError, formError } from '../../api/field-errors.ts';
import { llmops } from '../../api/llmops.ts';
import { QueryError } from '../../api/query-error.tsx';
import { datasetKey, datasetsKey } from './dataset-queries.ts';
import { FileChoice } from './file-choice.tsx';
import { ImportFields } from './import-fields.tsx';
import { emptyImport, type ImportForm, importInput, importSettings, nameOfFile } from './import-form.ts';
import { ImportPreview } from './import-preview.tsx';
import { splitsProblem } from './split-rules.ts';
import { useUpload } from './use-upload.ts';

interface ImportDialogProps {
  project: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Gets the new version; a dataset is made when there is none. */
  dataset?: Pick<Dataset, 'id' | 'displayName'>;
  /** Whose files are read instead of an upload. */
  source?: { id: string; displayName: string };
  onBegun: (dataset: string) => void;
}

/** Brings rows in: a file, how it is understood, what it shall become. */
export function ImportDialog({ open, onOpenChange, ...rest }: ImportDialogProps) {
  const title = rest.dataset ? `Import into ${rest.dataset.displayName}` : 'New dataset';
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={title} wide>
      <ImportBody {...rest} onClose={() => onOpenChange(false)} />
    </Dialog>
  );
}

type ImportBodyProps = Omit<ImportDialogProps, 'open' | 'onOpenChange'> & { onClose: () => void };

function ImportBody({ project, dataset, source, onBegun, onClose }: ImportBodyProps) {
  const [form, setForm] = useState<ImportForm>({ ...emptyImport, displayName: source?.displayName ?? '' });
  const upload = useUpload(project);
  const input = importInput(form, { upload: upload.upload, source: source?.id });
  const preview = useQuery({
    queryKey: ['previewImport', project, JSON.stringify(input ?? {})],
    queryFn: ({ signal }) => llmops.datasets.previewImport({ project, input: input! }, { signal }),
    enabled: input !== undefined,
    retry: false,
    placeholderData: (previous) => previous,
  });
  const begin = useImport(project, dataset, (id) => {
    onClose();
    onBegun(id);
  });
  const onFile = (file: File) => {
    setForm({ ...form, keyColumns: [], displayName: form.displayName || nameOfFile(file.name) });
    void upload.begin(file);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (input) begin.mutate({ form, input });
  };
  const problem = formError(begin.error, ['displayName', 'keyColumns', 'splits']);
  const isSound = preview.data?.errors.length === 0 && !preview.isPlaceholderData;
  const ready = isSound && splitsProblem(form.splits) === undefined;
  return (
    <form onSubmit={submit} className="flex min-w-0 flex-col gap-4">
      {!source && <FileChoice progress={upload} onFile={onFile} hint="JSONL, JSON, CSV, Parquet, Arrow or text" />}
      {source && (
        <Field label={`Files of ${source.displayName}`} hint="Patterns as *.csv or data/**, by commas; all when empty.">
          {(aria) => (
            <Input
              {...aria}
              className="font-mono"
              value={form.paths}
              onChange={(event) => setForm({ ...form, paths: event.target.value })}
            />
          )}
        </Field>
      )}
      {!dataset && (
        <Field label="Name" error={fieldError(begin.error, 'displayName')}>
          {(aria) => (
            <Input
              {...aria}
              required
              maxLength={200}
              value={form.displayName}
              onChange={(event) => setForm({ ...form, displayName: event.target.value })}
            />
          )}
        </Field>
      )}
      {input && preview.isPending && <Skeleton className="h-32" />}
      {preview.error && <QueryError error={preview.error} onRetry={() => void preview.refetch()} />}
      {preview.data && !preview.error && (
        <>
          <ImportPreview preview={preview.data} />
          <ImportFields form={form} onChange={setForm} preview={preview.data} error={begin.error} />
        </>
      )}
      {problem && (
        <p role="alert" className="text-danger">
          {problem}
        </p>
      )}
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" disabled={!ready} busy={begin.isPending}>
          Import
        </Button>
      </DialogActions>
    </form>
  );
}

interface Begun {
  form: ImportForm;
  input: NonNullable<ReturnType<typeof importInput>>;
}

function useImport(project: string, dataset: ImportDialogProps['dataset'], onBegun: (dataset: string) => void) {
  const queryClient = useQueryClient();
  // Kept when the import is refused, so that trying again makes no second one.
  const [made, setMade] = useState<string>();
  return useMutation({
    mutationFn: async ({ form, input }: Begun) => {
      const settings = importSettings(form);
      const { displayName } = form;
      const id = dataset?.id ?? made ?? (await llmops.datasets.createDataset({ project, displayName })).id;
      setMade(id);
      await llmops.datasets.importVersion({ project, dataset: id, input, ...settings });
      return id;
    },
    onSuccess: (id) => {
      void queryClient.invalidateQueries({ queryKey: datasetsKey(project) });
      void queryClient.invalidateQueries({ queryKey: datasetKey(project, id) });
      void queryClient.invalidateQueries({ queryKey: ['dataJobs', project, id] });
      onBegun(id);
    },
  });
}
