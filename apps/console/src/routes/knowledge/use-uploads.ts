import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { knowledgeBaseKey } from './knowledge-queries.ts';
import { type UploadTarget, uploadFile } from './upload-file.ts';

export interface FileUpload {
  id: number;
  name: string;
  sizeBytes: number;
  sentBytes: number;
  state: 'waiting' | 'sending' | 'done' | 'failed';
  error?: string;
}

const sendersAtOnce = 2;

/** Files on their way into a knowledge base, a few at a time. They stop when the page is left. */
export function useUploads({ project, knowledgeBase }: UploadTarget) {
  const [uploads, setUploads] = useState<FileUpload[]>([]);
  const queue = useRef<{ id: number; file: File }[]>([]);
  const senders = useRef(0);
  const nextId = useRef(0);
  const stop = useRef<AbortController>(undefined);
  const queryClient = useQueryClient();

  useEffect(() => {
    const controller = new AbortController();
    stop.current = controller;
    return () => controller.abort();
  }, []);

  const change = useCallback((id: number, part: Partial<FileUpload>) => {
    setUploads((current) => current.map((upload) => (upload.id === id ? { ...upload, ...part } : upload)));
  }, []);

  const send = useCallback(async () => {
    senders.current++;
    for (let next = queue.current.shift(); next; next = queue.current.shift()) {
      const { id, file } = next;
      const signal = stop.current?.signal ?? new AbortController().signal;
      change(id, { state: 'sending' });
      try {
        await uploadFile({ project, knowledgeBase }, file, {
          signal,
          onProgress: (sentBytes) => change(id, { sentBytes }),
        });
        change(id, { state: 'done', sentBytes: file.size });
      } catch (error) {
        change(id, { state: 'failed', error: error instanceof Error ? error.message : String(error) });
      }
      void queryClient.invalidateQueries({ queryKey: knowledgeBaseKey(project, knowledgeBase) });
    }
    senders.current--;
  }, [project, knowledgeBase, change, queryClient]);

  const add = useCallback(
    (files: readonly File[]) => {
      const added = files.map((file) => ({ id: nextId.current++, file }));
      const shown = added.map(
        ({ id, file }): FileUpload => ({
          id,
          name: file.name,
          sizeBytes: file.size,
          sentBytes: 0,
          state: 'waiting',
        }),
      );
      setUploads((current) => [...current.filter(({ state }) => state !== 'done'), ...shown]);
      queue.current.push(...added);
      while (senders.current < Math.min(sendersAtOnce, queue.current.length + senders.current)) void send();
    },
    [send],
  );

  return { uploads, add, clear: useCallback(() => setUploads([]), []) };
}
