import { describe, expect, test } from 'vitest';
import { requestDatesValid } from '../../src/controls/request-dates-valid.ts';
import { specifyManual } from '../support/specify-manual.ts';

specifyManual(requestDatesValid, {
  answers: ['NSP 10'],
  looksAt: ['CDBDataPlaneRequests', 'ApiManagementGatewayLogs', 'x-ms-date', 'RFC 1123', 'Learning'],
});

const procedure = requestDatesValid.procedure.join('\n');

/** A pattern of a query; Kusto writes flags in front. */
function patternAfter(words: string): RegExp {
  const found = new RegExp(`${words} matches regex @"(\\(\\?i\\))?([^"]+)"`).exec(procedure);
  if (!found?.[2]) throw new Error(`No query has a pattern for ${words}.`);
  return new RegExp(found[2], found[1] ? 'i' : '');
}

describe('the query over Cosmos DB logs', () => {
  const sdk = patternAfter('UserAgent');

  test.each([
    'cosmos-netstandard-sdk/3.46.0|1|X64|Microsoft Windows 10.0.20348|.NET 8.0.11|N|F 00000010|',
    'azsdk-java-cosmos/4.66.0 Linux/5.15 JRE/17.0.13',
    'azsdk-python-cosmos/4.9.0 Python/3.12.3 (Linux-6.8)',
    'azsdk-go-azcosmos/v1.2.0 (go1.23.4; linux)',
    'Node.js/v20.11.1 (linux; x64) azure-cosmos-js/4.2.0',
    'documentdb-dotnet-sdk/2.18.0 Host/64-bit',
  ])('leaves out %s', userAgent => {
    expect(userAgent).toMatch(sdk);
  });

  test.each(['', 'python-requests/2.32.3', 'curl/8.5.0', 'Go-http-client/1.1', 'PowerShell/7.4', 'contoso-orders/1.0'])('shows %j', userAgent => {
    expect(userAgent).not.toMatch(sdk);
  });
});

describe('the query over gateway logs', () => {
  const date = patternAfter('sent');
  const lower = (text: string): string => text.toLowerCase();

  test.each(['Fri, 20 Nov 2026 06:00:00 GMT', 'Sun, 01 Feb 2026 23:59:59 GMT', 'fri, 20 nov 2026 06:00:00 gmt'])('takes %s', text => {
    expect(lower(text)).toMatch(date);
  });

  test.each(['', '2026-11-20T06:00:00Z', 'Fri, 20 Nov 2026 06:00:00 PST', 'Fri, 20 Nov 2026 06:00:00 +0000', '20 Nov 2026 06:00:00 GMT', 'Fri, 1 Feb 2026 06:00:00 GMT', 'Friday, 20-Nov-26 06:00:00 GMT', 'ven., 20 nov. 2026 06:00:00 GMT', 'Fri, 20 Nov 2026 06:00:00 GMT '])('shows %j', text => {
    expect(lower(text)).not.toMatch(date);
  });
});
