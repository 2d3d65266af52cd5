import packageJson from '../../package.json' with { type: 'json' };

/** Version of this program. */
export const version: string = packageJson.version;

/** How requests name this program; at most 24 characters, the SDKs' limit for an application id. */
export const userAgent = `cosmos-compliance/${version}`;
