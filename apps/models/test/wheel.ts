import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratchFolder } from './harness.ts';

const script = `
import sys, zipfile
folder, name, version, member, source = sys.argv[1:]
info = f"{name}-{version}.dist-info"
with zipfile.ZipFile(f"{folder}/{name}-{version}-py3-none-any.whl", "w", zipfile.ZIP_DEFLATED) as wheel:
    wheel.write(source, member)
    wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\\nName: {name}\\nVersion: {version}\\n")
    wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
    wheel.writestr(f"{info}/RECORD", "")
`;

/** Writes a wheel that holds `bytes` as `member` into `folder`, as pip finds it with --find-links. */
export async function writeWheel(folder: string, name: string, member: string, bytes: Buffer): Promise<void> {
  const source = join(await scratchFolder('wheel'), 'member');
  writeFileSync(source, bytes);
  execFileSync('python3', ['-c', script, folder, name, '1.0', member, source]);
}
