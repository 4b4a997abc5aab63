/**
 * Runs a command in its own process group, and stops the whole group when the process that started this one is gone,
 * however it went: its end of our stdin closes. Handlers in the parent would miss a SIGKILL, and jest drops them.
 * Usage: node guard.mjs <command> [...args], detached, stdin a pipe.
 */
import { spawn } from 'node:child_process';

const [command, ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
child.on('exit', (code) => process.exit(code ?? 1));

process.stdin.resume();
process.stdin.on('close', () => process.kill(-process.pid, 'SIGKILL'));
// The child handles a shutdown itself: wait for it.
process.on('SIGTERM', () => {});
