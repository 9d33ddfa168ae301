import { Button, Field, Input } from '@llmops/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { fieldError, formError } from '../../api/field-errors.ts';
import { llmops } from '../../api/llmops.ts';
import { Logo } from '../../shell/logo.tsx';

const route = getRouteApi('/login');

export function LoginPage() {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useSignIn();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate({ email, password });
  };
  const problem = formError(signIn.error, ['email', 'password']);
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-10">
      <title>Sign in · llmops</title>
      <div className="w-full max-w-80">
        <div className="mb-6 flex flex-col gap-4">
          <Logo className="size-9" />
          <div>
            <h1 className="text-xl font-semibold tracking-tight">Sign in to llmops</h1>
            <p className="text-muted">Models, traces and costs of your applications.</p>
          </div>
        </div>
        <form onSubmit={submit} className="flex flex-col gap-4">
          <Field label="Email" error={fieldError(signIn.error, 'email')}>
            {(aria) => (
              <Input
                {...aria}
                type="email"
                autoComplete="username"
                required
                autoFocus
                className="h-9"
                value={email}
                onChange={(event) => setEmail(event.target.value)}
              />
            )}
          </Field>
          <Field label="Password" error={fieldError(signIn.error, 'password')}>
            {(aria) => (
              <Input
                {...aria}
                type="password"
                autoComplete="current-password"
                required
                className="h-9"
                value={password}
                onChange={(event) => setPassword(event.target.value)}
              />
            )}
          </Field>
          {problem && (
            <p role="alert" className="rounded-md bg-danger-soft px-3 py-2 text-danger">
              {problem}
            </p>
          )}
          <Button type="submit" variant="primary" size="lg" busy={signIn.isPending}>
            Sign in
          </Button>
        </form>
        <p className="mt-6 text-xs text-faint">
          First start? The email and password are in <code className="font-mono">.llmops/credentials.json</code> on the
          machine that runs llmops.
        </p>
      </div>
    </main>
  );
}

function useSignIn() {
  const { redirect } = route.useSearch();
  const queryClient = useQueryClient();
  const router = useRouter();
  return useMutation({
    mutationFn: (credentials: { email: string; password: string }) => llmops.sessions.createSession(credentials),
    onSuccess: () => {
      // Nothing of whoever was signed in before may be shown.
      queryClient.clear();
      router.history.push(redirect ?? '/');
    },
  });
}
