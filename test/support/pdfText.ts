import { execFile } from 'node:child_process';
import { join } from 'node:path';

const READER = join(import.meta.dirname, 'readPdf.cjs');

/** The text of each page, as a reader would copy it. In a process of its own: the library is for ES modules only. */
export const pdfText = (bytes: Uint8Array): Promise<string[]> =>
  new Promise((resolve, reject) => {
    const child = execFile(process.execPath, [READER], (error, stdout) => {
      if (error) reject(new Error('no PDF that can be read', { cause: error }));
      else resolve(JSON.parse(stdout) as string[]);
    });
    child.stdin?.end(bytes);
  });
