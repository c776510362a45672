import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { onTestFinished } from 'vitest';

/** A certificate with its key, in PEM and as files. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
  readonly certFile: string;
  readonly keyFile: string;
}

/** A certificate authority for the test that runs; it needs openssl. */
export async function certificateAuthority() {
  const folder = await mkdtemp(join(tmpdir(), 'canary-certificates-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const openssl = (...args: string[]) => execa('openssl', args, { cwd: folder });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const file = (name: string) => join(folder, name);

  await openssl(
    ...['req', '-x509', ...newKey, '-days', '2', '-subj', '/CN=test authority'],
    ...['-keyout', 'ca.key', '-out', 'ca.crt'],
  );

  return {
    file: file('ca.crt'),
    pem: await readFile(file('ca.crt'), 'utf8'),
    /** @param subject of the certificate, such as `/O=developers/CN=jane` */
    issue: async (subject: string, names = 'DNS:nowhere.example'): Promise<Certificate> => {
      const name = `leaf-${Math.random().toString(36).slice(2)}`;
      await openssl(
        ...['req', '-new', ...newKey, '-subj', subject],
        ...['-keyout', `${name}.key`, '-out', `${name}.csr`],
      );
      await writeFile(file(`${name}.ext`), `subjectAltName=${names}\n`);
      await openssl(
        ...['x509', '-req', '-in', `${name}.csr`, '-CA', 'ca.crt', '-CAkey', 'ca.key'],
        ...['-CAcreateserial', '-days', '2', '-extfile', `${name}.ext`, '-out', `${name}.crt`],
      );
      const [certFile, keyFile] = [file(`${name}.crt`), file(`${name}.key`)];
      const [cert, key] = [await readFile(certFile, 'utf8'), await readFile(keyFile, 'utf8')];
      return { cert, key, certFile, keyFile };
    },
  };
}
