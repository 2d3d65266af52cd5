import { RestError } from '@azure/core-rest-pipeline';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ArmError, DeadlineError, MalformedAnswerError, ProviderUnreachableError, RefusedRequestError, ThrottledError } from '../../src/azure/errors.ts';
import { unknownBecause } from '../../src/collectors/reason.ts';
import type { Reason } from '../../src/core/fact.ts';

const action = 'Microsoft.DocumentDB/databaseAccounts/read';
const source = 'GET /subscriptions/x/providers/Microsoft.DocumentDB/databaseAccounts?api-version=2026-03-15';
const because = (error: unknown) => unknownBecause(error, 'accounts of x', [action]);
const answer = (status: number, code: string, message = ''): ArmError => new ArmError(status, code, message, source);
const named = (name: string, message: string): Error => Object.assign(new Error(message), { name });

const notAuthorized =
  "The client '5d1b9a10-0000-0000-0000-000000000000' with object id '7e2c0b21-0000-0000-0000-000000000000' does not have authorization to perform action 'Microsoft.DocumentDB/databaseAccounts/read' over scope '/subscriptions/x' or the scope is invalid. If access was recently granted, please refresh your credentials.";

interface Case {
  readonly when: string;
  readonly error: unknown;
  readonly reason: Reason;
  /** The whole message, behind "Cannot read accounts of x: ". */
  readonly says: string;
}

const answers: readonly Case[] = [
  {
    when: 'a role is missing',
    error: answer(403, 'AuthorizationFailed', notAuthorized),
    reason: 'denied',
    says: 'Azure answered 403 AuthorizationFailed (object id 7e2c0b21-0000-0000-0000-000000000000).',
  },
  {
    when: 'a role is missing, said in other words',
    error: answer(403, 'AuthorizationFailed', 'You may not.'),
    reason: 'denied',
    says: 'Azure answered 403 AuthorizationFailed: You may not.',
  },
  { when: 'a role is missing, said in no words', error: answer(403, 'AuthorizationFailed'), reason: 'denied', says: 'Azure answered 403 AuthorizationFailed.' },
  {
    when: 'it is forbidden for another reason',
    error: answer(403, 'Forbidden', "The client with object id 'a' is blocked by a firewall"),
    reason: 'denied',
    says: "Azure answered 403 Forbidden: The client with object id 'a' is blocked by a firewall.",
  },
  { when: 'something on the way forbids it', error: answer(403, '', '<html> Blocked </html>'), reason: 'denied', says: 'Azure answered 403: <html> Blocked </html>.' },
  {
    when: 'the token is not accepted',
    error: answer(401, 'InvalidAuthenticationToken', 'The access token is invalid.'),
    reason: 'denied',
    says: 'Azure answered 401 InvalidAuthenticationToken: The access token is invalid.',
  },
  {
    when: 'it is not there',
    error: answer(404, 'ResourceNotFound', "The resource 'x' was not found."),
    reason: 'missing',
    says: "Azure answered 404 ResourceNotFound: The resource 'x' was not found.",
  },
  {
    when: 'the subscription is not there',
    error: answer(404, 'SubscriptionNotFound', 'Not found.'),
    reason: 'missing',
    says: 'Azure answered 404 SubscriptionNotFound: Not found.',
  },
  { when: 'it is throttled', error: answer(429, 'TooManyRequests', 'Slow down'), reason: 'throttled', says: 'Azure answered 429 TooManyRequests: Slow down.' },
  { when: 'Azure fails', error: answer(500, 'InternalServerError', 'An error occurred.'), reason: 'failed', says: 'Azure answered 500 InternalServerError: An error occurred.' },
  { when: 'Azure fails without a word', error: answer(503, ''), reason: 'failed', says: 'Azure answered 503.' },
  { when: 'the request is wrong', error: answer(400, 'BadRequest', 'Wrong.\r\nActivityId: 7'), reason: 'failed', says: 'Azure answered 400 BadRequest: Wrong.' },
  { when: 'the answer is a redirect', error: answer(307, ''), reason: 'failed', says: 'Azure answered 307.' },
];

const unsupported = [
  'NoRegisteredProviderFound',
  'InvalidApiVersionParameter',
  'InvalidResourceType',
  'InvalidResourceNamespace',
  'UnsupportedApiVersion',
  'MissingRegistrationForLocation',
  'FeatureNotSupported',
];

const others: readonly Case[] = [
  { when: 'the wait is too long', error: new ThrottledError(3_600_000), reason: 'throttled', says: 'Azure asks to wait 3600 s, which is longer than the scan may wait.' },
  {
    when: 'a provider is left alone',
    error: new ProviderUnreachableError('Microsoft.Security', 5, 29_001),
    reason: 'unreachable',
    says: 'Microsoft.Security answered none of the last 5 requests; not asked again for 30 s.',
  },
  { when: 'the deadline came', error: new DeadlineError(), reason: 'failed', says: "The scan's time was over before Azure answered." },
  { when: 'the answer is malformed', error: new MalformedAnswerError('The answer is not JSON: <html>', source), reason: 'malformed', says: 'The answer is not JSON: <html>' },
  {
    when: 'the answer leads elsewhere',
    error: new RefusedRequestError('Refused to speak to https://evil.example.'),
    reason: 'malformed',
    says: 'Refused to speak to https://evil.example.',
  },
  {
    when: 'nobody answers',
    error: new RestError('connect ECONNREFUSED 127.0.0.1:443', { code: 'ECONNREFUSED' }),
    reason: 'unreachable',
    says: 'ECONNREFUSED: connect ECONNREFUSED 127.0.0.1:443.',
  },
  { when: 'nobody answers in time', error: new RestError('No answer within 30 s.', { code: 'ETIMEDOUT' }), reason: 'unreachable', says: 'ETIMEDOUT: No answer within 30 s.' },
  { when: 'the connection fails without a code', error: new RestError('Strange.'), reason: 'unreachable', says: 'no answer: Strange.' },
  { when: 'nobody is signed in', error: named('CredentialUnavailableError', 'Please run "az login".'), reason: 'denied', says: 'no token: Please run "az login".' },
  {
    when: 'no way to sign in works',
    error: named('AggregateAuthenticationError', 'ChainedTokenCredential authentication failed.\nCredentialUnavailableError: one\nCredentialUnavailableError: two'),
    reason: 'denied',
    says: 'no token: ChainedTokenCredential authentication failed.',
  },
  {
    when: 'the sign-in is refused',
    error: named('AuthenticationError', 'AADSTS700016: Application was not found.'),
    reason: 'denied',
    says: 'no token: AADSTS700016: Application was not found.',
  },
  { when: 'a person must sign in', error: named('AuthenticationRequiredError', 'Interaction required.'), reason: 'denied', says: 'no token: Interaction required.' },
  { when: 'the scan was ended', error: new Error('The scan was interrupted.'), reason: 'failed', says: 'The scan was interrupted.' },
  {
    when: 'the scan ran out of time',
    error: new DOMException('The operation was aborted due to timeout', 'TimeoutError'),
    reason: 'failed',
    says: 'The operation was aborted due to timeout.',
  },
  { when: 'there is a defect', error: new TypeError('x is not a function'), reason: 'failed', says: 'x is not a function.' },
  { when: 'something is thrown that is no error', error: 'thrown', reason: 'failed', says: 'thrown.' },
];

describe('an exception becomes a reason', () => {
  test.each([...answers, ...others])('$reason when $when', ({ error, reason, says }) => {
    expect(because(error)).toMatchObject({ known: false, reason, detail: `Cannot read accounts of x: ${says}` });
  });

  test.each(unsupported)('unsupported when the code is %s, whatever the status', code => {
    for (const status of [400, 403, 404, 409]) {
      const unknown = because(answer(status, code, 'Not here.'));
      expect(unknown).toMatchObject({ reason: 'unsupported', detail: `Cannot read accounts of x: Azure answered ${status} ${code}: Not here.` });
      expect(unknown).not.toHaveProperty('permission');
    }
  });

  test('malformed when a schema finds something else, in words', () => {
    const { error } = z.object({ a: z.string(), b: z.object({ c: z.array(z.int()) }) }).safeParse({ b: { c: [1, 'x'] } });
    expect(because(error)).toMatchObject({
      reason: 'malformed',
      detail: expect.stringMatching(/^Cannot read accounts of x: the answer is not what the API promises: a: .+; b\.c\.1: [^\n]+\.$/),
    });
  });

  test('malformed in few words where much is wrong', () => {
    const { error } = z.array(z.string()).safeParse([1, 2, 3, 4, 5]);
    expect(because(error).detail).toMatch(/0: [^;]+; 1: [^;]+; 2: [^;]+; and 2 more\.$/);
  });

  test('malformed where the whole answer is wrong', () => {
    expect(because(z.object({}).safeParse('x').error).detail).toContain('the answer: ');
  });
});

describe('a message', () => {
  test('has one line and an end', () => {
    expect(because(new Error(`  First.\nSecond.`)).detail).toBe('Cannot read accounts of x: First.');
    expect(because(new Error('x'.repeat(1_000))).detail).toBe(`Cannot read accounts of x: ${'x'.repeat(300)}….`);
    expect(because(new Error('And so on...')).detail).toBe('Cannot read accounts of x: And so on.');
    expect(because(new Error('')).detail).toBe('Cannot read accounts of x: .');
  });

  test.each([...answers, ...others])('is short when $when', ({ error }) => {
    expect(because(error).detail.length).toBeLessThan(200);
    expect(because(error).detail).not.toMatch(/[\r\n]|\.\.$/);
  });
});

describe('the permission', () => {
  const several = (error: unknown) => unknownBecause(error, 'links', ['Microsoft.Network/a/read', 'Microsoft.Network/b/read']);

  test('that would help is named', () => {
    expect(several(answer(403, 'AuthorizationFailed'))).toMatchObject({ permission: 'Microsoft.Network/a/read, Microsoft.Network/b/read' });
  });

  test.each([...answers, ...others].filter(({ error }) => !(error instanceof ArmError && error.status === 403)))(
    'is not named when $when, where no grant would help',
    ({ error }) => {
      expect(several(error)).not.toHaveProperty('permission');
    },
  );
});

describe('the source', () => {
  test.each([
    ['is the request that failed', answer(500, ''), ['GET /elsewhere'], [source]],
    ['is every page of a malformed list', new MalformedAnswerError('No.', source, `${source}&$skipToken=2`), ['GET /elsewhere'], [source, `${source}&$skipToken=2`]],
    ['is what the caller read, where the exception does not know', new TypeError('No.'), ['GET /elsewhere'], ['GET /elsewhere']],
    ['is none where nobody knows', new TypeError('No.'), undefined, []],
  ])('%s', (_, error, sources, expected) => {
    expect(unknownBecause(error, 'x', [], sources).sources).toEqual(expected);
  });
});
