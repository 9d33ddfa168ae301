import type { IndexSettings } from '@llmops/contracts/retrieval/v1/knowledge_base';
import { Button, Dialog, DialogActions } from '@llmops/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { formError } from '../../api/field-errors.ts';
import { llmops } from '../../api/llmops.ts';
import { IndexSettingsFields, indexSettingsErrors } from './index-settings-fields.tsx';
import { formOfSettings, settingsOf } from './index-settings-form.ts';
import { knowledgeBaseKey } from './knowledge-queries.ts';

interface CreateVersionDialogProps {
  project: string;
  knowledgeBase: string;
  /** Of the live one, to begin with. */
  settings: IndexSettings | undefined;
  onClose: () => void;
}

/** Builds an index beside the live one. Mounted when it opens, so that it begins with what is live then. */
export function CreateVersionDialog({ project, knowledgeBase, settings, onClose }: CreateVersionDialogProps) {
  const [form, setForm] = useState(() => formOfSettings(settings));
  const queryClient = useQueryClient();
  const build = useMutation({
    mutationFn: () => llmops.indexVersions.createIndexVersion({ project, knowledgeBase, settings: settingsOf(form) }),
    onSuccess: () => {
      onClose();
      return queryClient.invalidateQueries({ queryKey: knowledgeBaseKey(project, knowledgeBase) });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    build.mutate();
  };
  const problem = formError(build.error, indexSettingsErrors);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Build index version"
      description="Over all documents, beside the live one. Embeddings that are known are used again."
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        <IndexSettingsFields form={form} onChange={setForm} error={build.error} />
        {problem && (
          <p role="alert" className="text-danger">
            {problem}
          </p>
        )}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={build.isPending}>
            Build
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
