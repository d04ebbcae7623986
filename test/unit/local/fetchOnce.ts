// A process of its own for the test of two that fetch at the same time: prints where the executable is.
import { keep } from '../../../src/local/servers/cache.js';
import { officialSource, type OfficialArchive } from '../../../src/local/servers/officialSource.js';

const [cacheDir = '', archive = ''] = process.argv.slice(2);
const source = officialSource(JSON.parse(archive) as OfficialArchive);
void keep(cacheDir, source, () => undefined).then((path) => process.stdout.write(path));
