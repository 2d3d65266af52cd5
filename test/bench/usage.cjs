// Loaded into a measured process: writes what it used when it ends.
const { writeFileSync } = require('node:fs');

process.on('exit', () => writeFileSync(process.env.USAGE_FILE, JSON.stringify(process.resourceUsage())));
