// npm run package: dist/package/ and dist/app.zip, which a function app is deployed from. CCM_DURABLE_BACKEND chooses
// where orchestrations keep their state; azd hands it over from its environment.
import { join } from 'node:path';
import { backendFrom, packageApp } from './package-app.ts';

const root = join(import.meta.dirname, '../..');
const backend = backendFrom(process.env['CCM_DURABLE_BACKEND']);
const sizes = packageApp(root, join(root, 'dist'), backend);
for (const [file, bytes] of Object.entries(sizes)) console.log(`dist/package/${file}: ${(bytes / 1000).toFixed(1)} kB`);
console.log(`dist/app.zip is the same, for ${backend}.`);
