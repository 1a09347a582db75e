// Comes before every main (`node --import ./src/loader.mjs …`): lets Node run TypeScript. By itself tsx keeps what it translated in
// the folder for temporary files and does not start without one; nothing is to be written outside DATA_DIR.
process.env.TSX_DISABLE_CACHE ??= '1';

// Hundreds of source files are opened at the start, before any code of ours could say that the limit is too low.
process.on('uncaughtExceptionMonitor', (error) => {
  if (!/\b(EMFILE|ENFILE)\b/.test(String(error))) return;
  console.error(
    'Too many files are open for this process. Allow more, and start again: "ulimit -n 4096" in a shell, LimitNOFILE=4096 in a systemd unit, "--ulimit nofile=4096" with Docker.',
  );
  process.exit(1);
});

await import('tsx');
