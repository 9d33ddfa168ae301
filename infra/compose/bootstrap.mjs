// First run: has governance make the organisation, project, administrator and API key, and keeps them in a volume.
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';

const file = '/credentials/credentials.json';
const show = 'docker compose run --rm --no-deps bootstrap cat /credentials/credentials.json';

// Each run of the command makes another key and password: it is for the first time, or when the file was lost.
if (!existsSync(file)) {
  const output = execFileSync(process.execPath, ['dist/main.mjs', 'bootstrap'], { encoding: 'utf8' });
  const line = output.split('\n').find((one) => one.startsWith('{"created"'));
  const { apiKey, projectId, email, password } = JSON.parse(line);
  const baseUrl = process.env.PUBLIC_URL;
  writeFileSync(file, `${JSON.stringify({ baseUrl, apiKey, projectId, email, password }, null, 2)}\n`, { mode: 0o600 });
}
console.log(`The API key and the console's password are in the volume "credentials". See them with: ${show}`);
