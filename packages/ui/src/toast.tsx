import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { Toast as Radix } from 'radix-ui';
import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';

export interface ToastMessage {
  title: string;
  detail?: string | undefined;
  tone?: 'success' | 'danger';
}

const ToastContext = createContext<(message: ToastMessage) => void>(() => undefined);

/** Returns the function that shows a toast. */
export const useToast = () => useContext(ToastContext);

export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<(ToastMessage & { id: number })[]>([]);
  const show = useCallback(
    (message: ToastMessage) =>
      setToasts((current) => [...current.slice(-3), { ...message, id: Date.now() + Math.random() }]),
    [],
  );
  const remove = (id: number) => setToasts((current) => current.filter((toast) => toast.id !== id));
  return (
    <Radix.Provider swipeDirection="right" duration={6000}>
      <ToastContext value={show}>{children}</ToastContext>
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} onClose={() => remove(toast.id)} />
      ))}
      <Radix.Viewport className="fixed right-0 bottom-0 z-50 flex w-full max-w-96 flex-col gap-2 p-4 outline-none" />
    </Radix.Provider>
  );
}

function ToastCard({ toast, onClose }: { toast: ToastMessage; onClose: () => void }) {
  const danger = toast.tone === 'danger';
  const Icon = danger ? CircleAlert : CircleCheck;
  return (
    <Radix.Root
      onOpenChange={(open) => !open && onClose()}
      type={danger ? 'foreground' : 'background'}
      className="flex items-start gap-3 rounded-lg bg-surface p-3 shadow-pop animate-[rise-in_160ms_ease-out]"
    >
      <Icon
        className={danger ? 'mt-0.5 size-4 shrink-0 text-danger' : 'mt-0.5 size-4 shrink-0 text-success'}
        aria-hidden
      />
      <div className="min-w-0 flex-1">
        <Radix.Title className="font-medium">{toast.title}</Radix.Title>
        {toast.detail && (
          <Radix.Description className="text-xs break-words text-muted">{toast.detail}</Radix.Description>
        )}
      </div>
      <Radix.Close aria-label="Dismiss" className="text-faint hover:text-ink">
        <X className="size-3.5" />
      </Radix.Close>
    </Radix.Root>
  );
}
