#!/usr/bin/env node
// Node keeps what it compiled beside the program, where it may write: every further start takes a quarter less. A folder
// that others can write to, such as the temporary one that Node would choose, would let them choose what is run.
const { enableCompileCache } = require('node:module');
const { join } = require('node:path');

enableCompileCache?.(join(__dirname, 'compiled'));
require('./program.cjs');
