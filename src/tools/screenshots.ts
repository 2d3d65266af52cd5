import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { Problem } from '../core/problem.ts';
import { chromiumPath, launchChromium } from './chromium.ts';
import { terminalPage } from './terminal-picture.ts';

/** Pictures for the documentation, from a scan of the sandbox: the HTML report, in light and dark, and the terminal. */
const root = join(import.meta.dirname, '../..');
const images = join(root, '.github/images');
const largest = 300_000;

interface Picture {
  readonly name: string;
  /** Address of what it shows. */
  readonly page: string;
  readonly scheme: 'light' | 'dark';
  readonly width: number;
  readonly height: number;
  /** Pixels of the picture for one of the page. */
  readonly scale: number;
}

const path = chromiumPath();
if (path === null) throw new Problem('There is no Chromium to make pictures with.', 'Install one, or set CHROMIUM_PATH to its program.');
const folder = mkdtempSync(join(tmpdir(), 'cosmos-compliance-pictures-'));
try {
  const browser = await launchChromium(path);
  try {
    mkdirSync(images, { recursive: true });
    for (const picture of pages()) await take(browser, picture);
  } finally {
    await browser.close();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function pages(): readonly Picture[] {
  const report = pathToFileURL(join(folder, 'report.html')).href;
  const terminal = pathToFileURL(join(folder, 'terminal.html')).href;
  scan(['--format', 'html', '--output', 'report.html']);
  writeFileSync(join(folder, 'terminal.html'), terminalPage('npm start', scan([])));
  return [
    { name: 'report-light', page: report, scheme: 'light', width: 1280, height: 900, scale: 1.4 },
    { name: 'report-dark', page: report, scheme: 'dark', width: 1280, height: 900, scale: 1.4 },
    { name: 'report-exposure', page: `${report}#exposure`, scheme: 'light', width: 1280, height: 900, scale: 1.3 },
    { name: 'terminal', page: terminal, scheme: 'dark', width: 940, height: 800, scale: 1.3 },
  ];
}

/** Runs the built command as in a terminal of 100 columns with colours; what it prints. */
function scan(options: readonly string[]): string {
  const terminal = 'data:text/javascript,Object.assign(process.stdout,{isTTY:true,columns:100})';
  const args = ['--import', terminal, join(root, 'dist/cosmos-compliance.cjs'), 'scan', '--sandbox', '--allow-incomplete', ...options];
  return execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8', env: { ...process.env, FORCE_COLOR: '1' }, stdio: ['ignore', 'pipe', 'ignore'] });
}

async function take(browser: Browser, { name, page: document, scheme, width, height, scale }: Picture): Promise<void> {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: scheme, deviceScaleFactor: scale });
  await page.goto(document);
  const file = join(images, `${name}.png`);
  await page.screenshot({ path: file });
  await page.close();
  const { size } = statSync(file);
  console.log(`${file}: ${Math.round(size / 1000)} KB`);
  if (size > largest) throw new Problem(`${file} has ${size} bytes, more than ${largest}.`, 'Lower its height or its scale in src/tools/screenshots.ts.');
}
