import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe } from 'vitest';
import { chromiumPath, launchChromium } from '../../src/tools/chromium.ts';

/** Tests in a real browser, one for all of them. Without one they are skipped, and say so. */
export function inBrowser(name: string, tests: (browser: () => Browser) => void): void {
  const path = chromiumPath();
  if (path === null) console.log(`SKIPPED: ${name}. There is no Chromium; install one, or set CHROMIUM_PATH.`);
  describe.skipIf(path === null)(name, () => {
    let browser: Browser | null = null;
    beforeAll(async () => {
      browser = await launchChromium(path ?? '');
    });
    afterAll(async () => {
      await browser?.close();
    });
    tests(() => {
      if (browser === null) throw new Error('The browser did not start.');
      return browser;
    });
  });
}

/** Evaluates an expression in a page: text, since the globals of a page are not those of the tests. */
export async function ask<T>(page: Page, expression: string): Promise<T> {
  return page.evaluate<T>(expression);
}
