import type { DatasetVersion, Row } from '@llmops/contracts/data/v1/dataset';
import { Button, CopyableId, Dialog, DialogActions, Field, JsonView, Textarea, useToast } from '@llmops/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useProject } from '../../api/current-user.ts';
import { fieldError, formError } from '../../api/field-errors.ts';
import { llmops } from '../../api/llmops.ts';
import { contentOf } from './row-cells.ts';

interface RowDialogProps {
  version: DatasetVersion;
  row: Row;
  onClose: () => void;
}

type Edit = { case: 'replace'; value: { id: string; rowJson: string } } | { case: 'delete'; value: string };

/** One row in full. A change makes a new version. */
export function RowDialog({ version, row, onClose }: RowDialogProps) {
  const project = useProject();
  const [text, setText] = useState<string>();
  const edit = useEditRow(project.id, version, onClose);
  const problem = text === undefined ? undefined : jsonProblem(text);
  return (
    <Dialog open onOpenChange={onClose} title={`Row ${row.index}${row.split ? ` · ${row.split}` : ''}`} wide>
      <div className="flex min-w-0 flex-col gap-3">
        <CopyableId id={row.id} label="row id" chars={40} />
        {text === undefined ? (
          <div className="min-w-0 break-words">
            <JsonView value={contentOf(row.json)} open={4} />
          </div>
        ) : (
          <Field
            label="Row as JSON"
            hint="Saving makes a new version; this one stays as it is."
            error={problem ?? fieldError(edit.error, 'edits')}
          >
            {(aria) => (
              <Textarea
                {...aria}
                autoFocus
                rows={14}
                spellCheck={false}
                className="font-mono text-xs"
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
            )}
          </Field>
        )}
        {edit.error && (
          <p role="alert" className="text-danger">
            {formError(edit.error, ['edits'])}
          </p>
        )}
        {project.isEditor && (
          <DialogActions>
            {text === undefined ? (
              <>
                <Button busy={edit.isPending} onClick={() => edit.mutate({ case: 'delete', value: row.id })}>
                  Remove row
                </Button>
                <Button variant="primary" onClick={() => setText(JSON.stringify(contentOf(row.json), null, 2))}>
                  Edit
                </Button>
              </>
            ) : (
              <>
                <Button onClick={() => setText(undefined)}>Cancel</Button>
                <Button
                  variant="primary"
                  disabled={problem !== undefined}
                  busy={edit.isPending}
                  onClick={() => edit.mutate({ case: 'replace', value: { id: row.id, rowJson: text } })}
                >
                  Save as new version
                </Button>
              </>
            )}
          </DialogActions>
        )}
      </div>
    </Dialog>
  );
}

function useEditRow(project: string, { id: version, dataset }: DatasetVersion, onClose: () => void) {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  return useMutation({
    mutationFn: (edit: Edit) =>
      llmops.datasets.deriveVersion({ project, dataset, parents: [version], edits: [{ edit }] }),
    onSuccess: () => {
      onClose();
      toast({ title: 'A new version is being made' });
      void queryClient.invalidateQueries({ queryKey: ['dataJobs', project, dataset] });
      return navigate({ to: '/p/$project/datasets/$dataset', params: { project, dataset } });
    },
  });
}

function jsonProblem(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? undefined : 'A row is a JSON object';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
