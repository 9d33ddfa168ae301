import 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    home: string;
    credentials: Credentials;
  }
}

/** `.llmops/credentials.json` */
interface Credentials {
  baseUrl: string;
  apiKey: string;
  projectId: string;
  email: string;
  password: string;
}
