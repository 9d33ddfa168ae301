import { useEffect, useRef, useState } from 'react';
import { sendUpload } from '../../api/send-upload.ts';

export interface UploadProgress {
  file?: File;
  /** Set once all of it has arrived. */
  upload?: string;
  sentBytes: number;
  error?: Error;
}

const none: UploadProgress = { sentBytes: 0 };

/** One file on its way. Another one takes its place; leaving stops it. */
export function useUpload(project: string) {
  const [progress, setProgress] = useState<UploadProgress>(none);
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);

  const begin = async (file: File) => {
    stop.current?.abort();
    const controller = new AbortController();
    stop.current = controller;
    const set = (next: UploadProgress) => controller.signal.aborted || setProgress(next);
    set({ file, sentBytes: 0 });
    try {
      const upload = await sendUpload(project, file, {
        signal: controller.signal,
        onProgress: (sentBytes) => set({ file, sentBytes }),
      });
      set({ file, upload, sentBytes: file.size });
    } catch (error) {
      set({ file, sentBytes: 0, error: error instanceof Error ? error : new Error(String(error)) });
    }
  };
  const clear = () => {
    stop.current?.abort();
    setProgress(none);
  };
  return { ...progress, begin, clear };
}
