import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { bits, boolean, context, integer, octets, oid, sequence, set, text, time } from './der.ts';

/** What a TLS server needs, and what its clients must trust, all PEM. */
export interface Certificate {
  readonly key: string;
  readonly certificate: string;
  readonly authority: string;
}

const day = 24 * 60 * 60 * 1000;
const ecdsaWithSha256 = sequence(oid('1.2.840.10045.4.3.2'));

/**
 * Makes a certificate authority and a certificate for this machine's loopback. Nothing private is kept: the
 * authority's key is gone when this returns.
 * @see https://www.rfc-editor.org/rfc/rfc5280#section-4.1
 */
export function loopbackCertificate(): Certificate {
  const authority = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const server = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const authorityName = `Sandbox authority ${randomBytes(4).toString('hex')}`;
  const issuer = { name: authorityName, key: authority.privateKey };
  const ofAuthority = [extension('2.5.29.19', true, sequence(boolean(true))), extension('2.5.29.15', true, keyUsage.signCertificates)];
  const ofServer = [
    extension('2.5.29.15', true, keyUsage.signData),
    extension('2.5.29.37', false, sequence(oid('1.3.6.1.5.5.7.3.1'))),
    extension('2.5.29.17', false, sequence(context(7, false, Buffer.from([127, 0, 0, 1])), context(2, false, Buffer.from('localhost')))),
    extension('2.5.29.35', false, sequence(context(0, false, keyId(authority.publicKey)))),
  ];
  return {
    key: server.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: signed(issuer, '127.0.0.1', server.publicKey, ofServer),
    authority: signed(issuer, authorityName, authority.publicKey, ofAuthority),
  };
}

/** Bit 5 lets a key sign certificates, bit 0 lets it sign a handshake; counted from the left. */
const keyUsage = { signCertificates: bits(Buffer.from([0b0000_0100]), 2), signData: bits(Buffer.from([0b1000_0000]), 7) };

interface Issuer {
  readonly name: string;
  readonly key: KeyObject;
}

function signed(issuer: Issuer, subject: string, publicKey: KeyObject, extensions: readonly Buffer[]): string {
  const version3 = context(0, true, integer(Buffer.from([2])));
  const validity = sequence(time(new Date(Date.now() - day)), time(new Date(Date.now() + 30 * day)));
  const all = context(3, true, sequence(extension('2.5.29.14', false, octets(keyId(publicKey))), ...extensions));
  const subjectKey = publicKey.export({ type: 'spki', format: 'der' });
  const certificate = sequence(version3, integer(serialNumber()), ecdsaWithSha256, commonName(issuer.name), validity, commonName(subject), subjectKey, all);
  const signature = sign('sha256', certificate, issuer.key);
  const whole = sequence(certificate, ecdsaWithSha256, bits(signature)).toString('base64');
  return `-----BEGIN CERTIFICATE-----\n${(whole.match(/.{1,64}/g) ?? []).join('\n')}\n-----END CERTIFICATE-----\n`;
}

function extension(id: string, critical: boolean, value: Buffer): Buffer {
  return sequence(oid(id), ...(critical ? [boolean(true)] : []), octets(value));
}

function commonName(name: string): Buffer {
  return sequence(set(sequence(oid('2.5.4.3'), text(name))));
}

function keyId(publicKey: KeyObject): Buffer {
  return createHash('sha256').update(publicKey.export({ type: 'spki', format: 'der' })).digest().subarray(0, 20);
}

/** Positive and without a leading zero byte. */
function serialNumber(): Buffer {
  const bytes = randomBytes(8);
  bytes[0] = 0x40 | ((bytes[0] ?? 0) & 0x3f);
  return bytes;
}
