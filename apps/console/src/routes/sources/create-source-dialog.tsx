import { Button, Dialog, DialogActions, Field, Input, ProgressBar, Segmented, Select } from '@llmops/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { fieldError, formError } from '../../api/field-errors.ts';
import { llmops } from '../../api/llmops.ts';
import { sendUpload } from '../../api/send-upload.ts';
import { FilesInput } from './files-input.tsx';
import { SourceFields } from './source-fields.tsx';
import {
  configOf,
  emptySource,
  type SourceForm,
  type SourceKind,
  schedules,
  sourceKindNames,
  sourceKinds,
} from './source-form.ts';
import { sourcesListQuery } from './source-queries.ts';

interface CreateSourceDialogProps {
  project: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onCreated: (source: string) => void;
}

export function CreateSourceDialog({ open, onOpenChange, ...rest }: CreateSourceDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="New source" wide>
      <CreateSource {...rest} onClose={() => onOpenChange(false)} />
    </Dialog>
  );
}

type CreateSourceProps = Omit<CreateSourceDialogProps, 'open' | 'onOpenChange'> & { onClose: () => void };

function CreateSource({ project, onCreated, onClose }: CreateSourceProps) {
  const [form, setForm] = useState<SourceForm>(emptySource);
  const [files, setFiles] = useState<File[]>([]);
  const { create, sent } = useCreateSource(project, (id) => {
    onClose();
    onCreated(id);
  });
  const set = (change: Partial<SourceForm>) => setForm({ ...form, ...change });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({ form, files });
  };
  return (
    <form onSubmit={submit} className="flex min-w-0 flex-col gap-4">
      <div className="scroll-thin overflow-x-auto">
        <Segmented<SourceKind>
          label="Kind"
          value={form.kind}
          onChange={(kind) => set({ kind, values: {} })}
          options={sourceKindNames.map((kind) => ({ value: kind, label: sourceKinds[kind].label }))}
        />
      </div>
      <Field label="Name" error={fieldError(create.error, 'displayName')}>
        {(aria) => (
          <Input
            {...aria}
            required
            maxLength={200}
            value={form.displayName}
            onChange={(event) => set({ displayName: event.target.value })}
          />
        )}
      </Field>
      {form.kind === 'upload' && <FilesInput files={files} onFiles={setFiles} />}
      <SourceFields project={project} form={form} onChange={setForm} />
      <div className="grid min-w-0 gap-4 sm:grid-cols-2">
        <Field label="Only" hint="Paths as **/*.md, by commas; all when empty.">
          {(aria) => (
            <Input
              {...aria}
              className="font-mono text-xs"
              value={form.include}
              onChange={(event) => set({ include: event.target.value })}
            />
          )}
        </Field>
        <Field label="Without">
          {(aria) => (
            <Input
              {...aria}
              className="font-mono text-xs"
              value={form.exclude}
              onChange={(event) => set({ exclude: event.target.value })}
            />
          )}
        </Field>
        {form.kind !== 'upload' && <ScheduleField value={form.minutes} onChange={(minutes) => set({ minutes })} />}
      </div>
      {create.isPending && sent !== undefined && <ProgressBar value={sent} label="Uploading files" />}
      {create.error && (
        <p role="alert" className="break-words text-danger">
          {formError(create.error, ['displayName'])}
        </p>
      )}
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          type="submit"
          variant="primary"
          disabled={form.kind === 'upload' && files.length === 0}
          busy={create.isPending}
        >
          Create and sync
        </Button>
      </DialogActions>
    </form>
  );
}

export function ScheduleField({ value, onChange }: { value: number; onChange: (minutes: number) => void }) {
  const known = schedules.some(({ minutes }) => minutes === value);
  return (
    <Field label="Sync">
      {(aria) => (
        <Select {...aria} className="w-full" value={value} onChange={(event) => onChange(Number(event.target.value))}>
          {!known && <option value={value}>Every {value} minutes</option>}
          {schedules.map(({ minutes, label }) => (
            <option key={minutes} value={minutes}>
              {label}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

/** Files go in first, then the source is made of them and read. */
function useCreateSource(project: string, onCreated: (source: string) => void) {
  const queryClient = useQueryClient();
  const [sent, setSent] = useState<number>();
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);
  const create = useMutation({
    mutationFn: async ({ form, files }: { form: SourceForm; files: File[] }) => {
      const controller = new AbortController();
      stop.current = controller;
      const uploads = form.kind === 'upload' ? await sendAll(project, files, controller.signal, setSent) : [];
      const { displayName, minutes } = form;
      const config = configOf(form, uploads);
      const { id } = await llmops.sources.createSource({
        project,
        displayName,
        config,
        syncIntervalMinutes: form.kind === 'upload' ? 0 : minutes,
      });
      // One that cannot be read yet is there all the same; its page says why.
      await llmops.sources.syncSource({ project, source: id }).catch(() => undefined);
      return id;
    },
    onSuccess: (id) => {
      void queryClient.invalidateQueries({ queryKey: sourcesListQuery(project).queryKey });
      onCreated(id);
    },
  });
  return { create, sent };
}

async function sendAll(
  project: string,
  files: File[],
  signal: AbortSignal,
  onProgress: (share: number) => void,
): Promise<string[]> {
  const total = files.reduce((sum, { size }) => sum + size, 0);
  const uploads: string[] = [];
  let before = 0;
  for (const file of files) {
    const report = (sentBytes: number) => onProgress((before + sentBytes) / total);
    uploads.push(await sendUpload(project, file, { signal, onProgress: report }));
    before += file.size;
  }
  return uploads;
}
